using Npgsql;

namespace EodPredict.Service.Pages;

/// <summary>Reads today's sessions: of each ticker its newest, and all that are still open. Safe for concurrent use.</summary>
internal sealed class TodaySessions(NpgsqlDataSource database, TimeProvider time)
{
    /// <summary>More are not shown; the late ones come first.</summary>
    public const int Most = 500;

    // Longer than any weekend, any holiday and any horizon that makes sense.
    private static readonly TimeSpan Past = TimeSpan.FromDays(14);

    /// <summary>The sessions: late ones first, then open ones by their next check, then those that are over, the newest first.</summary>
    public async Task<IReadOnlyList<SessionView>> ReadAsync(CancellationToken cancellationToken)
    {
        const string Select = """
            with recent as (
                select s.*, row_number() over (partition by dataset, ticker order by session_date desc) as age,
                    state = 'open' and close_at + law_minutes[array_upper(law_minutes, 1)] * interval '1 minute' < $1 as late
                from eod.session s where close_at > $2
            ), shown as (
                select * from recent where age = 1 or state = 'open'
                order by late is true desc, state = 'open' desc, next_check_at, close_at desc, dataset, ticker limit $3
            )
            select s.dataset, s.ticker, s.session_date, s.close_at, s.state, coalesce(s.late, false), coalesce(s.law_minutes, '{}'),
                s.gets, s.signals,
                calls.sent, calls.methods, calls.outcomes, a.after_at, a.by_at, s.found_at, s.next_check_at, s.next_method, s.next_check_why
            from shown s
            left join eod.arrival a using (dataset, ticker, session_date)
            cross join lateral (
                select coalesce(array_agg(sent_at order by sent_at), '{}') as sent,
                    coalesce(array_agg(method order by sent_at), '{}') as methods,
                    coalesce(array_agg(outcome order by sent_at), '{}') as outcomes
                from eod.observation o where o.dataset = s.dataset and o.ticker = s.ticker and o.session_date = s.session_date) as calls
            order by s.late is true desc, s.state = 'open' desc, s.next_check_at, s.close_at desc, s.dataset, s.ticker
            """;
        var now = time.GetUtcNow();
        await using var command = database.CreateCommand(Select);
        command.Parameters.Add(new NpgsqlParameter { Value = now });
        command.Parameters.Add(new NpgsqlParameter { Value = now - Past });
        command.Parameters.Add(new NpgsqlParameter { Value = Most });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var sessions = new List<SessionView>();
        while (await reader.ReadAsync(cancellationToken))
        {
            sessions.Add(Read(reader));
        }

        return sessions;
    }

    private static SessionView Read(NpgsqlDataReader reader) => new()
    {
        Dataset = reader.GetString(0),
        Ticker = reader.GetString(1),
        SessionDate = reader.GetFieldValue<DateOnly>(2),
        CloseAt = reader.GetFieldValue<DateTimeOffset>(3),
        State = reader.GetString(4),
        Late = reader.GetBoolean(5),
        LawMinutes = reader.GetFieldValue<double[]>(6),
        Gets = reader.GetInt32(7),
        Signals = reader.GetInt32(8),
        Calls =
        [
            .. reader.GetFieldValue<DateTimeOffset[]>(9)
                .Zip(reader.GetFieldValue<string[]>(10), reader.GetFieldValue<string[]>(11))
                .Select(call => new SessionCall(call.First, call.Second, call.Third)),
        ],
        ArrivedAfter = Instant(reader, 12),
        ArrivedBy = Instant(reader, 13),
        FoundAt = Instant(reader, 14),
        NextCheckAt = Instant(reader, 15),
        NextMethod = reader.IsDBNull(16) ? null : reader.GetString(16),
        NextCheckWhy = reader.IsDBNull(17) ? null : reader.GetString(17),
    };

    private static DateTimeOffset? Instant(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);
}
