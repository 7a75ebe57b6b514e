using System.Globalization;
using EodPredict.Jobs;

namespace EodPredict.Availability;

/// <summary>A version of a payload that the webhook has still to be told of.</summary>
internal readonly record struct WebhookCall(long SessionId, int Version)
{
    /// <summary>Reads the id of its job.</summary>
    public static WebhookCall Parse(string id)
    {
        var dot = id.IndexOf('.', StringComparison.Ordinal);
        return new(long.Parse(id.AsSpan(0, dot), CultureInfo.InvariantCulture), int.Parse(id.AsSpan(dot + 1), CultureInfo.InvariantCulture));
    }

    /// <summary>The job that makes the call.</summary>
    public PlannedJob Job(DateTimeOffset at) =>
        new(new JobKey(AvailabilityJobs.Webhook, string.Create(CultureInfo.InvariantCulture, $"{SessionId}.{Version}")), at,
            string.Create(CultureInfo.InvariantCulture, $"Tell the webhook of session {SessionId}, version {Version}"));
}
