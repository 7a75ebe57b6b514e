namespace EodPredict.Providers.Calendars;

/// <summary>What is known of one file of the calendar folder.</summary>
/// <param name="Stamp">When it was last written and how long it was, as last read; null: it could not be read.</param>
/// <param name="Calendar">The calendar in force from it; null: it never held a good one.</param>
/// <param name="Refusal">Why it was refused as last read; null: it was not.</param>
internal sealed record CalendarFolderFile((DateTime LastWriteTime, long Length)? Stamp, MarketCalendar? Calendar, string? Refusal);
