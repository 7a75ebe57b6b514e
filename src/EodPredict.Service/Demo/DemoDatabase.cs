using EodPredict.Replay.Backtesting;
using EodPredict.Replay.Recorded;
using Npgsql;

namespace EodPredict.Service.Demo;

/// <summary>What the demo writes to and reads from the service's tables.</summary>
internal sealed class DemoDatabase(NpgsqlDataSource database)
{
    /// <summary>Makes the learned days known, as a poller would know them. A second call changes nothing.</summary>
    public async Task LearnAsync(string dataset, IReadOnlyList<PolledArrival> arrivals, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string Insert = """
            insert into eod.arrival (dataset, ticker, session_date, close_at, after_at, by_at, source, recorded_at)
            select $1, t.ticker, t.session_date, t.close_at, t.after_at, t.by_at, 'import', $2
            from unnest($3::text[], $4::date[], $5::timestamptz[], $6::timestamptz[], $7::timestamptz[]) as t(ticker, session_date, close_at, after_at, by_at)
            on conflict (dataset, ticker, session_date) do nothing
            """;
        await using var command = database.CreateCommand(Insert);
        object[] values =
        [
            dataset, now, arrivals.Select(a => a.Ticker).ToArray(), arrivals.Select(a => a.SessionDate).ToArray(), arrivals.Select(a => a.Close).ToArray(),
            arrivals.Select(a => a.Close + a.Interval.After).ToArray(), arrivals.Select(a => a.Close + a.Interval.By).ToArray(),
        ];
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The sessions that are watched no more.</summary>
    public async Task<HashSet<(string Ticker, DateOnly SessionDate)>> OverAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select ticker, session_date from eod.session where state <> 'open'");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var over = new HashSet<(string, DateOnly)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            over.Add((reader.GetString(0), reader.GetFieldValue<DateOnly>(1)));
        }

        return over;
    }

    /// <summary>Every GET that was sent, in order.</summary>
    public async Task<List<BacktestCheck>> ChecksAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "select ticker, session_date, finished_at, outcome = 'available' from eod.observation where method = 'GET' order by sent_at");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var checks = new List<BacktestCheck>();
        while (await reader.ReadAsync(cancellationToken))
        {
            checks.Add(new BacktestCheck(reader.GetString(0), reader.GetFieldValue<DateOnly>(1), reader.GetFieldValue<DateTimeOffset>(2), reader.GetBoolean(3)));
        }

        return checks;
    }

    /// <summary>The GETs that were answered since the one with this id, in order.</summary>
    public async Task<List<DemoEvent>> EventsAsync(long after, CancellationToken cancellationToken)
    {
        const string Select = """
            select o.observation_id, o.ticker, o.session_date, o.outcome, o.reason, o.finished_at, s.gets, s.state, s.next_check_at, s.next_check_why
            from eod.observation o join eod.session s using (dataset, ticker, session_date)
            where o.observation_id > $1 and o.method = 'GET' order by o.observation_id
            """;
        await using var command = database.CreateCommand(Select);
        command.Parameters.Add(new NpgsqlParameter { Value = after });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var events = new List<DemoEvent>();
        while (await reader.ReadAsync(cancellationToken))
        {
            events.Add(new DemoEvent
            {
                Id = reader.GetInt64(0),
                Ticker = reader.GetString(1),
                SessionDate = reader.GetFieldValue<DateOnly>(2),
                Outcome = reader.GetString(3),
                Reason = reader.GetString(4),
                At = reader.GetFieldValue<DateTimeOffset>(5),
                Gets = reader.GetInt32(6),
                NextAt = await reader.IsDBNullAsync(8, cancellationToken) ? null : reader.GetFieldValue<DateTimeOffset>(8),
                NextWhy = await reader.IsDBNullAsync(9, cancellationToken) ? null : reader.GetString(9),
            });
        }

        return events;
    }
}
