namespace EodPredict.Providers.Calendars;

/// <summary>One dated line of a calendar file.</summary>
/// <param name="Line">Where it stands, from 1.</param>
/// <param name="Date">The local date.</param>
/// <param name="Close">The local time of the close since midnight, up to 24:00 included; null: a holiday.</param>
internal readonly record struct CalendarEntry(int Line, DateOnly Date, TimeSpan? Close);
