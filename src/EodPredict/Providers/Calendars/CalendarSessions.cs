using NodaTime;

namespace EodPredict.Providers.Calendars;

/// <summary>Works out the sessions of a calendar: which days trade, and the instant of each close.</summary>
internal static class CalendarSessions
{
    /// <summary>
    /// Every session of the years covered, in order. A close at a local time that the zone skips or has twice on that day becomes a fault.
    /// </summary>
    public static TradingSession[] Of(CalendarData data, ICollection<CalendarFault> faults)
    {
        var holidays = data.Holidays.Select(entry => entry.Date).ToHashSet();
        var early = data.EarlyCloses.ToDictionary(entry => entry.Date);
        var special = data.SpecialSessions.ToDictionary(entry => entry.Date);
        var sessions = new List<TradingSession>();
        for (var date = data.FirstDate; date <= data.LastDate; date = date.AddDays(1))
        {
            var isSpecial = special.TryGetValue(date, out var entry);
            if (!isSpecial && (data.Weekend.Contains(date.DayOfWeek) || holidays.Contains(date)))
                continue;

            var usual = data.UsualCloseOn(date)!.Value;
            if (!isSpecial && !early.TryGetValue(date, out entry))
                entry = usual;
            if (CloseOf(data.Zone, date, entry.Close!.Value) is { } close)
            {
                sessions.Add(new TradingSession(date, close, entry.Close < usual.Close));
            }
            else
            {
                faults.Add(new CalendarFault(
                    entry.Line, $"the close of {date:yyyy-MM-dd} is skipped or stands twice by daylight saving in {data.Zone.Id}"));
            }
        }

        return [.. sessions];
    }

    private static DateTimeOffset? CloseOf(DateTimeZone zone, DateOnly date, TimeSpan close)
    {
        var day = LocalDate.FromDateOnly(date);
        if (close == TimeSpan.FromHours(24))
            return zone.AtStartOfDay(day.PlusDays(1)).ToInstant().ToDateTimeOffset();

        var mapping = zone.MapLocal(day + LocalTime.FromTicksSinceMidnight(close.Ticks));
        return mapping.Count == 1 ? mapping.Single().ToInstant().ToDateTimeOffset() : null;
    }
}
