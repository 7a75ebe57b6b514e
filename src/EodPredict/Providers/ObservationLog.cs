using EodPredict.Providers.Replies;
using Npgsql;
using NpgsqlTypes;

namespace EodPredict.Providers;

/// <summary>The table of observations: written once a call, never changed.</summary>
public static class ObservationLog
{
    /// <summary>Writes one row, within the caller's transaction where there is one.</summary>
    /// <returns>The id of the row.</returns>
    public static async Task<long> WriteAsync(NpgsqlConnection connection, Observation observation, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("""
            insert into eod.observation (dataset, ticker, session_date, method, outcome, reason, sent_at, finished_at,
                status, content_length, etag, last_modified, data_date, retry_after)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
            returning observation_id
            """, connection);
        void Add(NpgsqlDbType type, object? value) =>
            command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = type, Value = value ?? DBNull.Value });
        Add(NpgsqlDbType.Text, observation.Dataset);
        Add(NpgsqlDbType.Text, observation.Ticker);
        Add(NpgsqlDbType.Date, observation.SessionDate);
        Add(NpgsqlDbType.Text, Name(observation.Method));
        Add(NpgsqlDbType.Text, Name(observation.Outcome));
        Add(NpgsqlDbType.Text, observation.Reason);
        Add(NpgsqlDbType.TimestampTz, observation.SentAt.ToUniversalTime());
        Add(NpgsqlDbType.TimestampTz, observation.FinishedAt.ToUniversalTime());
        Add(NpgsqlDbType.Integer, observation.Status);
        Add(NpgsqlDbType.Bigint, observation.ContentLength);
        Add(NpgsqlDbType.Text, observation.EntityTag);
        Add(NpgsqlDbType.TimestampTz, observation.LastModified?.ToUniversalTime());
        Add(NpgsqlDbType.Date, observation.DataDate);
        Add(NpgsqlDbType.Interval, observation.RetryAfter);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>
    /// What the headers told while the data of the session was known not to be there: those of earlier sessions, and those seen up to the
    /// last GET of this session that did not find it. At most 20, the latest first.
    /// </summary>
    internal static async Task<IReadOnlyList<Validators>> BeforeArrivalAsync(
        NpgsqlConnection connection, string dataset, string ticker, DateOnly sessionDate, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("""
            select etag, content_length, last_modified
            from eod.observation
            where dataset = $1 and ticker = $2 and method in ('GET', 'HEAD')
              and (etag is not null or content_length is not null or last_modified is not null)
              and outcome in ('available', 'partial', 'stale', 'not_yet')
              and (session_date < $3
                or session_date = $3 and sent_at <= (
                    select max(sent_at) from eod.observation
                    where dataset = $1 and ticker = $2 and session_date = $3 and method = 'GET'
                      and outcome in ('partial', 'stale', 'not_yet')))
            order by session_date desc, sent_at desc
            limit 20
            """, connection)
        {
            Parameters = { new() { Value = dataset }, new() { Value = ticker }, new() { Value = sessionDate } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<Validators>();
        while (await reader.ReadAsync(cancellationToken))
        {
            found.Add(new Validators(
                await reader.IsDBNullAsync(0, cancellationToken) ? null : reader.GetString(0),
                await reader.IsDBNullAsync(1, cancellationToken) ? null : reader.GetInt64(1),
                await reader.IsDBNullAsync(2, cancellationToken) ? null : reader.GetFieldValue<DateTimeOffset>(2)));
        }

        return found;
    }

    internal static string Name(CheckMethod method) => method switch
    {
        CheckMethod.Get => "GET",
        CheckMethod.Head => "HEAD",
        CheckMethod.Page => "PAGE",
        _ => throw new ArgumentOutOfRangeException(nameof(method)),
    };

    internal static string Name(ReplyOutcome outcome) => outcome switch
    {
        ReplyOutcome.Available => "available",
        ReplyOutcome.Partial => "partial",
        ReplyOutcome.Stale => "stale",
        ReplyOutcome.NotYet => "not_yet",
        ReplyOutcome.Never => "never",
        ReplyOutcome.Throttled => "throttled",
        ReplyOutcome.Refused => "refused",
        ReplyOutcome.Broken => "broken",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };
}
