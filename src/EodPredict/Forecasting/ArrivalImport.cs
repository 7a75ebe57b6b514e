using EodPredict.Database;
using Npgsql;
using NpgsqlTypes;

namespace EodPredict.Forecasting;

/// <summary>Brings arrivals that others have recorded into <c>eod.arrival</c>. Safe for concurrent use.</summary>
public sealed class ArrivalImport(NpgsqlDataSource database, TimeProvider time)
{
    private const int BetweenReports = 1000;

    /// <summary>Imports all of them or, where anything fails, none. A second import of the same changes nothing.</summary>
    /// <param name="dataset">The dataset that they belong to.</param>
    /// <param name="arrivals">Each (ticker, session date) once.</param>
    /// <param name="cancellationToken">Stops it; nothing is imported then.</param>
    public Task<ArrivalImportCounts> ImportAsync(
        string dataset, IReadOnlyCollection<(string Ticker, PastArrival Arrival)> arrivals, CancellationToken cancellationToken) =>
        ImportAsync(dataset, arrivals, null, cancellationToken);

    /// <summary>As the other, telling now and then how many have been sent to the database.</summary>
    public async Task<ArrivalImportCounts> ImportAsync(
        string dataset, IReadOnlyCollection<(string Ticker, PastArrival Arrival)> arrivals, IProgress<int>? sent,
        CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await StageAsync(connection, arrivals, sent, cancellationToken);
        var counts = await MergeAsync(connection, dataset, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return counts;
    }

    private static async Task StageAsync(
        NpgsqlConnection connection,
        IReadOnlyCollection<(string Ticker, PastArrival Arrival)> arrivals,
        IProgress<int>? sent,
        CancellationToken cancellationToken)
    {
        await connection.Sql(
            """
            create temporary table arrival_import (
                ticker text, session_date date, close_at timestamptz, after_at timestamptz, by_at timestamptz,
                primary key (ticker, session_date)
            ) on commit drop
            """).RunAsync(cancellationToken);
        await using var rows = await connection.BeginBinaryImportAsync("copy arrival_import from stdin (format binary)", cancellationToken);
        var count = 0;
        foreach (var (ticker, (sessionDate, close, interval)) in arrivals)
        {
            if (++count % BetweenReports == 0)
            {
                sent?.Report(count);
            }

            await rows.StartRowAsync(cancellationToken);
            await rows.WriteAsync(ticker, NpgsqlDbType.Text, cancellationToken);
            await rows.WriteAsync(sessionDate, NpgsqlDbType.Date, cancellationToken);
            await rows.WriteAsync(close.ToUniversalTime(), NpgsqlDbType.TimestampTz, cancellationToken);
            await rows.WriteAsync((close + interval.After).ToUniversalTime(), NpgsqlDbType.TimestampTz, cancellationToken);
            await (interval.By is { } by
                ? rows.WriteAsync((close + by).ToUniversalTime(), NpgsqlDbType.TimestampTz, cancellationToken)
                : rows.WriteNullAsync(cancellationToken));
        }

        await rows.CompleteAsync(cancellationToken);
    }

    private async Task<ArrivalImportCounts> MergeAsync(NpgsqlConnection connection, string dataset, CancellationToken cancellationToken)
    {
        const string Merge = """
            with merged as (
                insert into eod.arrival as known (dataset, ticker, session_date, close_at, after_at, by_at, source, recorded_at)
                select $1, ticker, session_date, close_at, after_at, by_at, 'import', $2 from arrival_import
                on conflict (dataset, ticker, session_date) do update
                set close_at = excluded.close_at, after_at = excluded.after_at, by_at = excluded.by_at, recorded_at = excluded.recorded_at
                where known.source = 'import'
                  and (known.close_at, known.after_at, known.by_at) is distinct from (excluded.close_at, excluded.after_at, excluded.by_at)
                returning known.xmax = 0 as added
            )
            select
                (select count(*) from merged where added),
                (select count(*) from merged where not added),
                (select count(*) from arrival_import join eod.arrival using (ticker, session_date) where dataset = $1 and source = 'check'),
                (select count(*) from arrival_import)
            """;
        var counts = await connection.Sql(Merge, dataset, time.GetUtcNow()).ListAsync(
            reader => (Added: reader.GetInt64(0), Changed: reader.GetInt64(1), Kept: reader.GetInt64(2), All: reader.GetInt64(3)),
            cancellationToken);
        var (added, changed, kept, all) = counts[0];
        return new ArrivalImportCounts(added, changed, all - added - changed - kept, kept);
    }
}
