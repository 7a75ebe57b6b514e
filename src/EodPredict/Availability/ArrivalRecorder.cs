using System.Text.Json;
using EodPredict.Database;
using EodPredict.Forecasting;
using EodPredict.Jobs;
using EodPredict.Providers;
using Microsoft.Extensions.Options;
using Npgsql;

namespace EodPredict.Availability;

/// <summary>Keeps what arrived and tells the world: a NOTIFY on channel <c>eod_arrival</c>, and a webhook where one is configured.</summary>
internal sealed class ArrivalRecorder(ArrivalHistory history, IOptions<WebhookOptions> webhook, TimeProvider time)
{
    /// <summary>Records an arrival with its payload, inside the caller's transaction.</summary>
    /// <returns>Jobs to plan after the commit.</returns>
    public async Task<IReadOnlyList<PlannedJob>> RecordAsync(
        NpgsqlConnection connection, Dataset dataset, OpenSession session, ArrivalInterval interval, ProviderReply reply, long observationId,
        CancellationToken cancellationToken)
    {
        await history.RecordAsync(connection, dataset.Name, session.Ticker, session.SessionDate, session.Close, interval, cancellationToken);
        return await KeepAsync(connection, session, reply, observationId, cancellationToken);
    }

    /// <summary>Keeps a payload inside the caller's transaction, and tells of it where it is a new version.</summary>
    /// <returns>Jobs to plan after the commit.</returns>
    public async Task<IReadOnlyList<PlannedJob>> KeepAsync(
        NpgsqlConnection connection, OpenSession session, ProviderReply reply, long observationId, CancellationToken cancellationToken)
    {
        var version = await PayloadStore.KeepAsync(
            connection, session.Dataset, session.Ticker, session.SessionDate, reply.Body, reply.ContentType, reply.Observation.FinishedAt, observationId,
            cancellationToken);
        if (version is null)
        {
            return [];
        }

        var told = JsonSerializer.Serialize(new { dataset = session.Dataset, ticker = session.Ticker, session_date = session.SessionDate, version });
        await connection.Sql("select pg_notify($1, $2)", ArrivalLog.Channel, told).RunAsync(cancellationToken);
        if (webhook.Value.Address is null)
        {
            return [];
        }

        var call = new WebhookCall(session.Id, version.Value);
        var now = time.GetUtcNow();
        await connection.Sql("insert into eod.webhook_call (session_id, version, next_at) values ($1, $2, $3)", call.SessionId, call.Version, now)
            .RunAsync(cancellationToken);
        return [call.Job(now)];
    }

    /// <summary>Records that watching ended without the data, where that says something about the arrival: not for a dead ticker.</summary>
    public Task RecordMissingAsync(NpgsqlConnection connection, OpenSession session, string state, CancellationToken cancellationToken) =>
        state == "missed"
            ? history.RecordAsync(
                connection, session.Dataset, session.Ticker, session.SessionDate, session.Close, Missing(session), cancellationToken)
            : Task.CompletedTask;

    /// <summary>What is known of an arrival that was watched for in vain.</summary>
    public static ArrivalInterval Missing(OpenSession session)
    {
        var after = (session.LastNotYetAt ?? session.Close) - session.Close;
        return new ArrivalInterval(after > TimeSpan.Zero ? after : TimeSpan.Zero, null);
    }
}
