using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace EodPredict.Providers.Calendars;

/// <summary>
/// All calendars by name, without regard to case: built in (XNYS, XNAS, XLON, XETR, XHKG, XTKS and <c>24/7</c>), from the calendar
/// folder, which comes before the built-in ones, and added ones, which come before both. In <c>24/7</c> every day is a session, and the
/// session of a date closes at the midnight UTC that ends this date: that of 2026-03-01 closes at 2026-03-02T00:00Z. May be used by many
/// threads. Ask anew rather than keep a calendar: it changes when its file does.
/// </summary>
public sealed class MarketCalendars
{
    private readonly Lock _lock = new();
    private readonly CalendarFolder? _folder;
    private ImmutableDictionary<string, MarketCalendar> _added = BuiltInCalendars.All.Clear();
    private volatile ImmutableDictionary<string, MarketCalendar> _inForce = BuiltInCalendars.All;

    /// <summary>The built-in calendars.</summary>
    public MarketCalendars()
    {
    }

    /// <summary>The built-in calendars and those of a folder.</summary>
    /// <exception cref="CalendarFileException">The folder cannot be read, or files in it cannot be used; it lists all faults.</exception>
    public MarketCalendars(string folder)
    {
        _folder = new CalendarFolder(Path.GetFullPath(folder));
        var faults = Refresh().SelectMany(news => news.Faults).ToList();
        if (faults.Count > 0)
            throw new CalendarFileException(faults);
    }

    /// <summary>The names of all calendars, in order.</summary>
    public IReadOnlyList<string> Names => [.. _inForce.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The calendar of that name as it is in force now.</summary>
    /// <exception cref="UnknownCalendarException">There is none; the message lists those there are.</exception>
    public MarketCalendar Get(string name) => TryGet(name, out var calendar) ? calendar : throw new UnknownCalendarException(name, Names);

    /// <summary>The calendar of that name as it is in force now; false where there is none.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out MarketCalendar? calendar) => _inForce.TryGetValue(name, out calendar);

    /// <summary>Adds a calendar, in the place of any other of its name. No file replaces it later.</summary>
    public void Add(MarketCalendar calendar)
    {
        lock (_lock)
        {
            _added = _added.SetItem(calendar.Name, calendar);
            Merge();
        }
    }

    /// <summary>Reads what has changed in the folder; nothing where there is none.</summary>
    internal IReadOnlyList<CalendarNews> Refresh()
    {
        if (_folder is null)
            return [];

        lock (_lock)
        {
            var news = _folder.Refresh();
            if (news.Count > 0)
                Merge();
            return news;
        }
    }

    private void Merge() => _inForce = BuiltInCalendars.All.SetItems(_folder?.Calendars ?? BuiltInCalendars.All.Clear()).SetItems(_added);
}
