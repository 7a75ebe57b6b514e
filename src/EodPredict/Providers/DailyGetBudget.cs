using NodaTime;

namespace EodPredict.Providers;

/// <summary>How many GETs may be spent in one day of the provider's own clock.</summary>
/// <param name="Scope">Whom it binds: <c>provider</c> or <c>provider/dataset</c>.</param>
/// <param name="Gets">The most GETs of one day; at least 0.</param>
/// <param name="Zone">The zone in which the provider's day begins at midnight.</param>
public sealed record DailyGetBudget(string Scope, int Gets, DateTimeZone Zone)
{
    /// <summary>The day of the provider that <paramref name="instant"/> falls on.</summary>
    public DateOnly DayOf(DateTimeOffset instant) => Instant.FromDateTimeOffset(instant).InZone(Zone).Date.ToDateOnly();

    /// <summary>The instant at which the next day of the provider begins.</summary>
    public DateTimeOffset NextDayAfter(DateTimeOffset instant) =>
        Instant.FromDateTimeOffset(instant).InZone(Zone).Date.PlusDays(1).AtStartOfDayInZone(Zone).ToDateTimeOffset();
}
