using System.Net.Http.Json;
using EodPredict.Database;
using EodPredict.Jobs;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace EodPredict.Availability;

/// <summary>
/// Tells the webhook of arrivals, at least once each: a call that is not answered with success is made again, after 10 s, doubled each
/// time up to an hour, for a day or so. Safe for concurrent use.
/// </summary>
internal sealed partial class WebhookCalls(
    NpgsqlDataSource database, IHttpClientFactory clients, IOptions<WebhookOptions> options, IJobEngine jobs, TimeProvider time, ILogger<WebhookCalls> log)
{
    /// <summary>The name of the HTTP client that makes the calls.</summary>
    public const string Client = "webhook";

    private const int MostAttempts = 30;

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    /// <summary>The body of a job of kind <c>webhook</c>.</summary>
    public async Task RunAsync(string id, CancellationToken cancellationToken)
    {
        var call = WebhookCall.Parse(id);
        const string Find = """
            select session.dataset, session.ticker, session.session_date, payload.received_at, payload.length, encode(payload.sha256, 'hex'), call.attempts
            from eod.webhook_call as call join eod.session using (session_id)
            join eod.payload on payload.dataset = session.dataset and payload.ticker = session.ticker
              and payload.session_date = session.session_date and payload.version = call.version
            where call.session_id = $1 and call.version = $2
            """;
        var found = await database.Sql(Find, call.SessionId, call.Version).ListAsync(
            reader => (
                Told: new
                {
                    dataset = reader.GetString(0),
                    ticker = reader.GetString(1),
                    session_date = reader.GetFieldValue<DateOnly>(2),
                    version = call.Version,
                    received_at = reader.GetFieldValue<DateTimeOffset>(3),
                    length = reader.GetInt64(4),
                    sha256 = reader.GetString(5),
                },
                Attempts: reader.GetInt32(6)),
            cancellationToken);
        if (found.Count == 0 || options.Value.Address is not { } address)
        {
            return;
        }

        var refusal = await PostAsync(address, found[0].Told, cancellationToken);
        if (refusal is null)
        {
            await ForgetAsync(call, cancellationToken);
        }
        else
        {
            await TryAgainAsync(call, found[0].Attempts + 1, $"{address.Host} {refusal}", cancellationToken);
        }
    }

    /// <summary>Calls that are due for longer than they should be.</summary>
    public async Task<IEnumerable<PlannedJob>> OverdueAsync(DateTimeOffset dueBefore, CancellationToken cancellationToken)
    {
        var overdue = await database.Sql("select session_id, version from eod.webhook_call where next_at < $1 limit 1000", dueBefore)
            .ListAsync(reader => new WebhookCall(reader.GetInt64(0), reader.GetInt32(1)), cancellationToken);
        return overdue.Select(call => call.Job(time.GetUtcNow()));
    }

    private async Task<string?> PostAsync<T>(Uri address, T told, CancellationToken cancellationToken)
    {
        try
        {
            using var client = clients.CreateClient(Client);
            using var reply = await client.PostAsJsonAsync(address, told, cancellationToken);
            return reply.IsSuccessStatusCode ? null : $"answered {(int)reply.StatusCode}";
        }
        catch (HttpRequestException e)
        {
            return $"could not be reached ({e.HttpRequestError})";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return "did not answer in time";
        }
    }

    private async Task TryAgainAsync(WebhookCall call, int attempts, string why, CancellationToken cancellationToken)
    {
        if (attempts >= MostAttempts)
        {
            LogGivenUp(call.SessionId, call.Version, attempts, why);
            await ForgetAsync(call, cancellationToken);
            return;
        }

        var wait = FirstWait * Math.Pow(2, Math.Min(attempts - 1, 20));
        var next = time.GetUtcNow() + (wait < LongestWait ? wait : LongestWait);
        LogFailed(call.SessionId, call.Version, why, next);
        await database.Sql(
            "update eod.webhook_call set attempts = $3, next_at = $4 where session_id = $1 and version = $2", call.SessionId, call.Version, attempts, next)
            .RunAsync(cancellationToken);
        await jobs.ScheduleAsync([call.Job(next)], cancellationToken);
    }

    private Task ForgetAsync(WebhookCall call, CancellationToken cancellationToken) =>
        database.Sql("delete from eod.webhook_call where session_id = $1 and version = $2", call.SessionId, call.Version).RunAsync(cancellationToken);

    [LoggerMessage(EventId = 330, Level = LogLevel.Warning, Message = "Webhook for session {SessionId}, version {Version}: {Why}. Again at {Next:u}.")]
    private partial void LogFailed(long sessionId, int version, string why, DateTimeOffset next);

    [LoggerMessage(EventId = 331, Level = LogLevel.Error, Message = "Webhook for session {SessionId}, version {Version} given up after {Attempts} attempts: {Why}.")]
    private partial void LogGivenUp(long sessionId, int version, int attempts, string why);
}
