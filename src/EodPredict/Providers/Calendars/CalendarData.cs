using NodaTime;

namespace EodPredict.Providers.Calendars;

/// <summary>The facts of one market as its file states them.</summary>
/// <param name="Name">The calendar's name, mostly a market identifier code.</param>
/// <param name="Zone">The market's own zone; dates and times below are local to it.</param>
/// <param name="FirstYear">The first year covered, from its first day on.</param>
/// <param name="LastYear">The last year covered, to its last day included.</param>
/// <param name="Weekend">The days of the week without a session.</param>
/// <param name="UsualCloses">The close of an ordinary day, each from its date on.</param>
/// <param name="Holidays">Days without a session that are not on a weekend.</param>
/// <param name="EarlyCloses">Days that end before the usual close.</param>
/// <param name="SpecialSessions">Sessions on a weekend.</param>
internal sealed record CalendarData(
    string Name,
    DateTimeZone Zone,
    int FirstYear,
    int LastYear,
    IReadOnlySet<DayOfWeek> Weekend,
    IReadOnlyList<CalendarEntry> UsualCloses,
    IReadOnlyList<CalendarEntry> Holidays,
    IReadOnlyList<CalendarEntry> EarlyCloses,
    IReadOnlyList<CalendarEntry> SpecialSessions)
{
    public DateOnly FirstDate => new(FirstYear, 1, 1);

    public DateOnly LastDate => new(LastYear, 12, 31);

    /// <summary>The close of an ordinary day at <paramref name="date"/>; null before the first of <see cref="UsualCloses"/>.</summary>
    public CalendarEntry? UsualCloseOn(DateOnly date)
    {
        for (var index = UsualCloses.Count - 1; index >= 0; index--)
        {
            if (UsualCloses[index].Date <= date)
                return UsualCloses[index];
        }

        return null;
    }
}
