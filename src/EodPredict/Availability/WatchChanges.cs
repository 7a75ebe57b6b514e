using EodPredict.Database;
using EodPredict.Jobs;
using EodPredict.Providers;
using Npgsql;

namespace EodPredict.Availability;

/// <summary>
/// What people change about the watching: datasets and tickers are paused and resumed, and a session is checked now. A pause outlives
/// restarts and holds for every process; sessions still open, and what they ask waits. Safe for concurrent use.
/// </summary>
public sealed class WatchChanges(NpgsqlDataSource database, DatasetCatalog datasets, IJobEngine jobs, TimeProvider time)
{
    /// <summary>Why a check is made that somebody asked for.</summary>
    internal const string ByHand = "Asked for by a person.";

    private const int LongestReason = 500;
    private const string Paused = "Paused: ";

    /// <summary>How long a paused check waits before it looks again; who is resumed does not wait for that.</summary>
    internal static readonly TimeSpan BetweenLooks = TimeSpan.FromHours(1);

    /// <summary>All pauses, the latest first.</summary>
    public Task<List<WatchPause>> ListAsync(CancellationToken cancellationToken) =>
        database.Sql("select dataset, ticker, paused_at, paused_because from eod.watch_pause order by paused_at desc, dataset, ticker")
            .ListAsync(
                row => new WatchPause(
                    row.GetString(0), row.GetString(1) is { Length: > 0 } ticker ? ticker : null, row.GetFieldValue<DateTimeOffset>(2),
                    row.GetString(3)),
                cancellationToken);

    /// <summary>Asks the provider for nothing of a dataset, or of one ticker, until it is resumed. A call that was sent is not taken back.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="ticker">The ticker; null: all of the dataset.</param>
    /// <param name="because">Why; others will read it.</param>
    /// <param name="cancellationToken">Stops the statement.</param>
    /// <exception cref="ArgumentException">No reason is given, or a very long one.</exception>
    /// <exception cref="KeyNotFoundException">No such dataset, or ticker, is configured; so for the other calls.</exception>
    public Task PauseAsync(string dataset, string? ticker, string because, CancellationToken cancellationToken)
    {
        because = because.Trim();
        if (because.Length is 0 or > LongestReason)
        {
            throw new ArgumentException(
                $"Give a reason for the pause, of at most {LongestReason} letters: others will read it.", nameof(because));
        }

        Check(dataset, ticker);
        return database.Sql(
            """
            insert into eod.watch_pause (dataset, ticker, paused_at, paused_because) values ($1, $2, $3, $4)
            on conflict (dataset, ticker) do update set paused_because = excluded.paused_because
            """, dataset, ticker ?? "", time.GetUtcNow(), because).RunAsync(cancellationToken);
    }

    /// <summary>Lets it be asked for again; what waited for that is planned anew at once. What is not paused stays as it is.</summary>
    public async Task ResumeAsync(string dataset, string? ticker, CancellationToken cancellationToken)
    {
        const string Resume = """
            with pause as (delete from eod.watch_pause where dataset = $1 and ticker = $2 returning paused_because)
            update eod.session s set next_check_at = $3
            where s.dataset = $1 and ($2 = '' or s.ticker = $2) and s.state = 'open' and s.next_check_at > $3
              and s.next_check_why = (select $4 || paused_because from pause)
              and (s.lease_worker is null or s.lease_until < clock_timestamp() or not eod.worker_lives(s.lease_worker))
            returning s.session_id, s.dataset, s.ticker, s.session_date, s.next_check_at
            """;
        await ScheduleAsync(database.Sql(Resume, dataset, ticker ?? "", time.GetUtcNow(), Paused), cancellationToken);
    }

    /// <summary>
    /// Has an open session checked now, paused or not; the day's budget and a hold on the provider still count. One that is being checked is
    /// left.
    /// </summary>
    /// <returns>Whether it is open and will be checked.</returns>
    public async Task<bool> CheckNowAsync(string dataset, string ticker, DateOnly sessionDate, CancellationToken cancellationToken)
    {
        Check(dataset, ticker);
        const string Now = """
            update eod.session s set next_check_at = $4, next_method = 'GET', next_check_why = $5
            where s.dataset = $1 and s.ticker = $2 and s.session_date = $3 and s.state = 'open'
              and (s.lease_worker is null or s.lease_until < clock_timestamp() or not eod.worker_lives(s.lease_worker))
            returning s.session_id, s.dataset, s.ticker, s.session_date, s.next_check_at
            """;
        return await ScheduleAsync(database.Sql(Now, dataset, ticker, sessionDate, time.GetUtcNow(), ByHand), cancellationToken) > 0;
    }

    /// <summary>Until when a check of a ticker waits because of a pause, and why; null: it need not.</summary>
    internal async Task<ProviderHold?> FindAsync(string dataset, string ticker, CancellationToken cancellationToken)
    {
        var because = await database.Sql(
            "select paused_because from eod.watch_pause where dataset = $1 and ticker in ('', $2) order by ticker limit 1", dataset, ticker)
            .FirstAsync<string>(cancellationToken);
        return because is null ? null : new ProviderHold(time.GetUtcNow() + BetweenLooks, Paused + because);
    }

    /// <summary>Whether a check was planned for no other reason than that a pause would be looked at again.</summary>
    internal static bool IsPause(string why) => why.StartsWith(Paused, StringComparison.Ordinal);

    private void Check(string dataset, string? ticker)
    {
        if (!datasets.TryGet(dataset, out var known) || (ticker is not null && known.Tickers.All(one => one.Symbol != ticker)))
        {
            throw new KeyNotFoundException($"No dataset {dataset}{(ticker is null ? "" : $" with a ticker {ticker}")} is configured.");
        }
    }

    private async Task<int> ScheduleAsync(NpgsqlCommand planned, CancellationToken cancellationToken)
    {
        var sessions = await planned.ListAsync(SessionStore.ReadPlan, cancellationToken);
        await jobs.ScheduleAsync([.. sessions.Select(session => session.Job())], cancellationToken);
        return sessions.Count;
    }
}
