namespace EodPredict.Service.Pages.Availability;

/// <summary>What one session date of a dataset cost.</summary>
/// <param name="Date">The session date.</param>
/// <param name="Sessions">Sessions that were watched.</param>
/// <param name="Found">Those found.</param>
/// <param name="Gets">GETs spent on them.</param>
/// <param name="CronGets">GETs that a cron every 30 minutes from the close on would have spent until each was found, or until now.</param>
/// <param name="WidthMedian">Minutes between "not yet" and "there", of the median session; null where none was found.</param>
/// <param name="Width90">The same that nine in ten do not exceed.</param>
public sealed record AvailabilityDay(
    DateOnly Date, long Sessions, long Found, long Gets, long CronGets, double? WidthMedian, double? Width90);
