using Npgsql;

namespace EodPredict.Service.Tests.Browser;

/// <summary>Something to be seen on every page.</summary>
internal static class PageContents
{
    /// <summary>The page that explains a session.</summary>
    public const string Why = "/why?dataset=seen&ticker=SEEN1&date=2026-11-20";

    public static async Task FillAsync(NpgsqlDataSource database)
    {
        await OpenAsync(database, "seen", "SEEN1");
        await RunAsync(database, """
            insert into eod.session (dataset, ticker, session_date, close_at, state, found_at, law_minutes, gets)
            values ('seen', 'SEEN1', '2026-11-20', '2026-11-20 21:00Z', 'found', '2026-11-20 22:40Z', '{60,75,90,100,120}', 2);
            insert into eod.arrival values
            ('seen', 'SEEN1', '2026-11-20', '2026-11-20 21:00Z', '2026-11-20 22:20Z', '2026-11-20 22:40Z', 'check', now());
            insert into eod.observation (dataset, ticker, session_date, method, outcome, reason, sent_at, finished_at, status) values
            ('seen', 'SEEN1', '2026-11-20', 'GET', 'available', 'a reason of some length that says what the reply held and why',
                '2026-11-20 22:40Z', '2026-11-20 22:40Z', 200);
            insert into eod.scrape_job (name, url, endpoint, headers, is_served, items, stored, failed, created_at, state)
            values ('a-job-with-a-rather-long-name',
                'https://host/items/{id}', 'https://host/', '{}', true, 20000, 11800, 3, now(), 'paused');
            insert into eod.throttle_observation
            select 'https://host/', date_trunc('minute', now()) - i * interval '7 minutes', 1, 700, 600 + i, 100, 0, 4, null, 12, true
            from generate_series(1, 600) i;
            select eod.record_order('desk-7', 'key-1', '{}')
            """);
    }

    /// <summary>Opens a session of today.</summary>
    public static Task OpenAsync(NpgsqlDataSource database, string dataset, string ticker) => RunAsync(database, $$"""
        insert into eod.session (dataset, ticker, session_date, close_at, next_check_at, next_method, next_check_why, law_minutes)
        values ('{{dataset}}', '{{ticker}}', current_date, now() - interval '1 hour', now() + interval '2 days', 'GET',
            'because it is likely', '{60,75,90,100,120}')
        """);

    private static async Task RunAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
