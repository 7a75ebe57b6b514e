using System.Globalization;
using Npgsql;

namespace EodPredict.Service.Tests;

/// <summary>The notebooks over exports; their figures are those of the pages.</summary>
public sealed class NotebookTests : IAsyncLifetime, IDisposable
{
    private const string Vendor = "Eod:Providers:vendor";
    private const string Dataset = $"{Vendor}:Datasets:eod";

    private readonly TestFolder _folder = new();
    private EodProcess _eod = null!;

    private string Database => new NpgsqlConnectionStringBuilder { Host = _folder.Data, Username = "eod", Database = "eod" }.ConnectionString;

    public async Task InitializeAsync() => _eod = await EodProcess.ServeAsync(
        _folder, ($"{Vendor}:BaseAddress", "http://127.0.0.1:1"), ($"{Dataset}:Calendar", "24/7"), ($"{Dataset}:Url", "/{ticker}"),
        ($"{Dataset}:Tickers:0", "A"), ("Eod:ModelsFolder", _folder.PathOf("models")));

    public async Task DisposeAsync() => await _eod.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [ExampleFact(ExampleScript.Notebook)]
    public async Task The_availability_review_tells_what_the_page_tells()
    {
        await RecordAsync();
        foreach (var table in new[] { "arrivals", "checks" })
        {
            await using var eod = await EodProcess.RunAsync(
                _folder, ["export", table, "--dataset", "eod", "--to", "2025-12-31", "--out", _folder.PathOf($"{table}.csv")],
                ("ConnectionStrings:Eod", Database));
            Assert.True(await eod.ExitCodeAsync() == 0, eod.Error);
        }

        var told = (await NotebookRun.RunAsync(
            "availability_review.ipynb", _folder.PathOf(""), """
            days = by_date.reset_index().astype({"gets": int, "cron_gets": int})
            print(days[["session_date", "sessions", "found", "gets", "cron_gets"]].to_csv(index=False))
            print(days[["session_date", "width_median", "width_90"]].to_csv(index=False, header=False))
            """)).Split("\n\n", StringSplitOptions.TrimEntries);
        Assert.Equal(Lines(await _eod.ReadAsync("/availability?csv=gets")), Lines(told[0]));
        var widths = Lines(await _eod.ReadAsync("/availability?csv=widths"))[1..];
        Assert.Equal(8, widths.Length);
        Assert.Equal(widths.Select(Numbers), Lines(told[1]).Select(Numbers));
    }

    [ExampleFact(ExampleScript.Notebook)]
    public async Task The_throttle_review_tells_what_the_page_tells()
    {
        await using (var database = NpgsqlDataSource.Create(Database))
        {
            // Two processes; every fourth minute meets the limit.
            await using var command = database.CreateCommand("""
                insert into eod.throttle_observation
                select 'https://host/items', m, worker, 20 * h + 3, 20 * h, case when i % 4 = 0 then 3 else 0 end, 0, 4, interval '0.1 s', h, i % 4 = 0
                from (
                    select m, i, worker, 3 + extract(hour from m at time zone 'UTC')::integer as h
                    from generate_series(0, 4000) i, generate_series(1, 2) worker,
                        lateral (select date_trunc('minute', now()) - (1 + i * 5) * interval '1 minute' as m) as at) as s
                """);
            await command.ExecuteNonQueryAsync();
        }

        await using var eod = await EodProcess.RunAsync(
            _folder, ["export", "throttle", "--out", _folder.PathOf("throttle.csv")], ("ConnectionStrings:Eod", Database));
        Assert.True(await eod.ExitCodeAsync() == 0, eod.Error);
        var told = await NotebookRun.RunAsync(
            "throttle_review.ipynb", _folder.PathOf(""), """
            print(by_hour.reset_index().astype({"minutes": int, "touched_minutes": int}).to_csv(index=False))
            """);

        var page = Lines(await _eod.ReadAsync("/throttle?csv=hours"));
        Assert.Equal(169, page.Length);
        Assert.Equal(page[0], Lines(told)[0]);
        Assert.Equal(page[1..].Select(Rounded), Lines(told)[1..].Select(Rounded));

        static string Rounded(string line) => string.Join(",", line.Split(',').Select(cell =>
            Math.Round(double.Parse(cell, CultureInfo.InvariantCulture), 9).ToString(CultureInfo.InvariantCulture)));
    }

    // Eight dates of five tickers; one session was given up.
    private async Task RecordAsync()
    {
        await using var database = NpgsqlDataSource.Create(Database);
        await using var command = database.CreateCommand("""
            insert into eod.session (dataset, ticker, session_date, close_at, state, last_not_yet_at, found_at, gets, law_minutes)
            select 'eod', 'T' || t, day, close, case when given_up then 'missed' else 'found' end, close + (60 + 3 * t) * interval '1 minute',
                case when not given_up then close + (70 + 5 * t + d) * interval '1 minute' end, 2, '{50,65,75,90,120}'
            from (
                select t, d, date '2025-11-10' + d as day, (date '2025-11-10' + d + time '21:00') at time zone 'UTC' as close,
                    t = 3 and d = 4 as given_up
                from generate_series(1, 5) t, generate_series(0, 7) d) as s;
            insert into eod.arrival
            select dataset, ticker, session_date, close_at, last_not_yet_at, found_at, 'check', close_at + interval '1 day'
            from eod.session where dataset = 'eod' and state <> 'open';
            insert into eod.observation (dataset, ticker, session_date, method, outcome, reason, sent_at, finished_at)
            select dataset, ticker, session_date, 'GET', outcome, 'as it was', sent_at, sent_at
            from eod.session, lateral (values ('not_yet', last_not_yet_at), ('available', found_at)) as call(outcome, sent_at)
            where dataset = 'eod' and state <> 'open' and sent_at is not null
            """);
        await command.ExecuteNonQueryAsync();
    }

    private static string[] Lines(string csv) => csv.Trim().Split('\n', StringSplitOptions.TrimEntries);

    private static (string Date, double Median, double Share90) Numbers(string line)
    {
        var cells = line.Split(',');
        return (cells[0], Number(cells[1]), Number(cells[2]));

        static double Number(string text) => Math.Round(double.Parse(text, CultureInfo.InvariantCulture), 6);
    }
}
