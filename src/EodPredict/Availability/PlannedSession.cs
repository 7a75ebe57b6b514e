using System.Globalization;
using EodPredict.Jobs;

namespace EodPredict.Availability;

/// <summary>A session and the instant of its next check: what the job engine is told.</summary>
internal sealed record PlannedSession(long Id, string Dataset, string Ticker, DateOnly SessionDate, DateTimeOffset At)
{
    /// <summary>The job that makes the check.</summary>
    public PlannedJob Job() =>
        new(new JobKey(AvailabilityJobs.Check, Id.ToString(CultureInfo.InvariantCulture)), At, $"Check {Ticker} {SessionDate:yyyy-MM-dd}");
}
