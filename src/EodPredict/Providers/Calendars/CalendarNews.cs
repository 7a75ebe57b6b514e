namespace EodPredict.Providers.Calendars;

/// <summary>What one look at the calendar folder brought for one file.</summary>
/// <param name="File">The file, or the folder.</param>
/// <param name="Faults">Why it was refused, each as <c>file:line: reason</c>; empty: it was not.</param>
/// <param name="Text">What happened, in words; empty where it was refused.</param>
internal sealed record CalendarNews(string File, IReadOnlyList<string> Faults, string Text)
{
    public static CalendarNews Refused(string file, IReadOnlyList<string> faults) => new(file, faults, "");

    public static CalendarNews TakenUp(string file, MarketCalendar calendar) =>
        new(file, [], $"the calendar {calendar.Name} is in force, {calendar.FirstDate:yyyy-MM-dd} to {calendar.LastDate:yyyy-MM-dd}");

    public static CalendarNews Gone(string file, string calendar, bool isBuiltIn) =>
        new(file, [], isBuiltIn
            ? $"the file is gone; the built-in calendar {calendar} is in force again"
            : $"the file is gone; its calendar {calendar} stays in force until the process ends");
}
