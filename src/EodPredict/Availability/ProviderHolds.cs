using EodPredict.Database;
using EodPredict.Providers;
using Npgsql;

namespace EodPredict.Availability;

/// <summary>
/// Until when a provider is left alone by every process, because it asked for patience, refused the key or does not answer at all. Safe for
/// concurrent use.
/// </summary>
internal sealed class ProviderHolds(NpgsqlDataSource database)
{
    private static readonly TimeSpan FirstPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestPatience = TimeSpan.FromHours(1);
    private static readonly TimeSpan FirstRefusal = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan LongestRefusal = TimeSpan.FromHours(6);
    private static readonly TimeSpan FirstSilence = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(15);

    // So many calls in a row, each for another session: one that gets no answer may be at fault itself.
    private const int CallsWithoutAnswer = 3;

    /// <summary>The hold on a provider; null where none is on now.</summary>
    public async Task<ProviderHold?> FindAsync(string provider, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var holds = await database.Sql("select until_at, reason from eod.provider_hold where provider = $1 and until_at > $2", provider, now)
            .ListAsync(reader => new ProviderHold(reader.GetFieldValue<DateTimeOffset>(0), reader.GetString(1)), cancellationToken);
        return holds.SingleOrDefault();
    }

    /// <summary>
    /// Holds a provider that asked for patience: for as long as it asked, else for 30 s, doubled with each time in a row up to an hour.
    /// Refusals that arrive while a hold is on are of one congestion and do not lengthen it.
    /// </summary>
    public static Task<DateTimeOffset> ThrottledAsync(
        NpgsqlConnection connection, string provider, DateTimeOffset now, TimeSpan? retryAfter, string reason, CancellationToken cancellationToken) =>
        HoldAsync(connection, provider, now, FirstPatience, LongestPatience, retryAfter ?? TimeSpan.Zero, reason, cancellationToken);

    /// <summary>Holds a provider that refused the key: 15 minutes, doubled with each time in a row up to 6 hours.</summary>
    public static Task<DateTimeOffset> RefusedAsync(
        NpgsqlConnection connection, string provider, DateTimeOffset now, string reason, CancellationToken cancellationToken) =>
        HoldAsync(connection, provider, now, FirstRefusal, LongestRefusal, TimeSpan.Zero, reason, cancellationToken);

    /// <summary>Holds a provider that does not answer: a minute, doubled with each time in a row up to 15 minutes.</summary>
    public static Task<DateTimeOffset> SilentAsync(
        NpgsqlConnection connection, string provider, DateTimeOffset now, string reason, CancellationToken cancellationToken) =>
        HoldAsync(connection, provider, now, FirstSilence, LongestSilence, TimeSpan.Zero, reason, cancellationToken);

    /// <summary>
    /// Whether a provider does not answer: the last calls of its datasets, each for another session, got no reply or a fault of its server
    /// (<see cref="Observation.IsProviderFault"/>), or it has not answered since it was held.
    /// </summary>
    public static async Task<bool> IsSilentAsync(
        NpgsqlConnection connection, string provider, IEnumerable<string> datasets, CancellationToken cancellationToken)
    {
        const string Last = """
            select exists (select from eod.provider_hold where provider = $1) or $3 = (
                select count(distinct (dataset, ticker, session_date)) filter (where outcome = 'broken' and (status is null or status >= 500)) from (
                    select dataset, ticker, session_date, outcome, status from eod.observation
                    where dataset = any($2) order by sent_at desc limit $3) last)
            """;
        return await connection.Sql(Last, provider, datasets.ToArray(), CallsWithoutAnswer).FirstAsync<bool>(cancellationToken);
    }

    /// <summary>Forgets a hold that is over: the provider has answered.</summary>
    public static Task AnsweredAsync(NpgsqlConnection connection, string provider, DateTimeOffset now, CancellationToken cancellationToken) =>
        connection.Sql("delete from eod.provider_hold where provider = $1 and until_at <= $2", provider, now).RunAsync(cancellationToken);

    private static Task<DateTimeOffset> HoldAsync(
        NpgsqlConnection connection, string provider, DateTimeOffset now, TimeSpan first, TimeSpan longest, TimeSpan asked, string reason,
        CancellationToken cancellationToken)
    {
        const string Hold = """
            insert into eod.provider_hold as hold (provider, until_at, step, reason) values ($1, $2 + greatest($3, $5), 1, $6)
            on conflict (provider) do update set
                until_at = case when hold.until_at > $2 then greatest(hold.until_at, $2 + $5)
                                else $2 + greatest(least($3 * power(2, least(hold.step, 20)), $4), $5) end,
                step = case when hold.until_at > $2 then hold.step else hold.step + 1 end,
                reason = $6
            returning until_at
            """;
        return connection.Sql(Hold, provider, now, first, longest, asked, reason).FirstAsync<DateTimeOffset>(cancellationToken);
    }
}
