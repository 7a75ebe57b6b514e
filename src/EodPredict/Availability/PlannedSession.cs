using System.Globalization;
using EodPredict.Jobs;

namespace EodPredict.Availability;

/// <summary>A session and the instant of its next check: what the job engine is told.</summary>
internal sealed record PlannedSession(long Id, string Dataset, string Ticker, DateOnly SessionDate, DateTimeOffset At)
{
    /// <summary>Whether its data was found, so that the job reads it again.</summary>
    public bool IsFound { get; init; }

    /// <summary>The job that makes the check, or reads it again.</summary>
    public PlannedJob Job() => new(
        new JobKey(IsFound ? AvailabilityJobs.Reread : AvailabilityJobs.Check, Id.ToString(CultureInfo.InvariantCulture)), At,
        $"{(IsFound ? "Read again" : "Check")} {Ticker} {SessionDate:yyyy-MM-dd}");
}
