using System.Globalization;

namespace EodPredict.Providers.Calendars;

/// <summary>What must hold between the facts of one calendar. Each fault names the line that has to change.</summary>
internal static class CalendarChecks
{
    public static IEnumerable<CalendarFault> FaultsOf(CalendarData data)
    {
        var holidays = data.Holidays.Select(entry => entry.Date).ToHashSet();
        return
        [
            .. Ordered(data.UsualCloses, "usual close"),
            .. Ordered(data.Holidays, "holiday"),
            .. Ordered(data.EarlyCloses, "early close"),
            .. Ordered(data.SpecialSessions, "special session"),
            .. UsualCloses(data),
            .. data.Holidays.SelectMany(entry => Weekday(data, entry, "holiday")),
            .. data.EarlyCloses.SelectMany(entry => EarlyClose(data, holidays, entry)),
            .. data.SpecialSessions.SelectMany(entry => SpecialSession(data, entry)),
        ];
    }

    private static IEnumerable<CalendarFault> Ordered(IReadOnlyList<CalendarEntry> entries, string what)
    {
        for (var index = 1; index < entries.Count; index++)
        {
            var (line, date, _) = entries[index];
            var before = entries[index - 1].Date;
            if (date == before)
                yield return new CalendarFault(line, $"{what} {Text(date)} stands twice");
            else if (date < before)
                yield return new CalendarFault(line, $"{what} {Text(date)} stands after {Text(before)}; entries are in order of date");
        }
    }

    private static IEnumerable<CalendarFault> UsualCloses(CalendarData data)
    {
        if (data.UsualCloses.Count == 0 || data.UsualCloses.Min(entry => entry.Date) > data.FirstDate)
        {
            yield return new CalendarFault(
                data.UsualCloses.Count == 0 ? 0 : data.UsualCloses[0].Line,
                $"no usual close is given from {Text(data.FirstDate)}, the first day covered");
        }

        foreach (var (line, date, _) in data.UsualCloses.Where(entry => entry.Date > data.LastDate))
            yield return new CalendarFault(line, $"usual close from {Text(date)} begins after the last day covered, {Text(data.LastDate)}");
    }

    private static IEnumerable<CalendarFault> EarlyClose(CalendarData data, HashSet<DateOnly> holidays, CalendarEntry entry)
    {
        foreach (var fault in Weekday(data, entry, "early close"))
            yield return fault;
        if (holidays.Contains(entry.Date))
            yield return new CalendarFault(entry.Line, $"early close {Text(entry.Date)} is on a holiday");
        if (data.UsualCloseOn(entry.Date) is { } usual && entry.Close >= usual.Close)
        {
            yield return new CalendarFault(
                entry.Line, $"early close {Text(entry.Date)} at {Text(entry.Close)} is not before the usual close at {Text(usual.Close)}");
        }
    }

    private static IEnumerable<CalendarFault> SpecialSession(CalendarData data, CalendarEntry entry)
    {
        if (!Covered(data, entry.Date))
        {
            yield return OutOfRange(data, entry, "special session");
        }
        else if (!data.Weekend.Contains(entry.Date.DayOfWeek))
        {
            yield return new CalendarFault(
                entry.Line, $"special session {Text(entry.Date)} is on a {entry.Date.DayOfWeek}, not on a weekend");
        }
    }

    private static IEnumerable<CalendarFault> Weekday(CalendarData data, CalendarEntry entry, string what)
    {
        if (!Covered(data, entry.Date))
            yield return OutOfRange(data, entry, what);
        else if (data.Weekend.Contains(entry.Date.DayOfWeek))
            yield return new CalendarFault(entry.Line, $"{what} {Text(entry.Date)} is on a {entry.Date.DayOfWeek}, a weekend day");
    }

    private static bool Covered(CalendarData data, DateOnly date) => date >= data.FirstDate && date <= data.LastDate;

    private static CalendarFault OutOfRange(CalendarData data, CalendarEntry entry, string what) =>
        new(entry.Line, $"{what} {Text(entry.Date)} is outside the years covered, {data.FirstYear} to {data.LastYear}");

    private static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Text(TimeSpan? close) =>
        close == TimeSpan.FromHours(24) ? "24:00" : close?.ToString(@"hh\:mm", CultureInfo.InvariantCulture) ?? "";
}
