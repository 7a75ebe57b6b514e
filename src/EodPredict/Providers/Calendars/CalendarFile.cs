using System.Text.Json;
using NodaTime;

namespace EodPredict.Providers.Calendars;

/// <summary>
/// Reads one calendar file: a JSON object with <c>name</c>, <c>zone</c> (IANA), <c>first_year</c>, <c>last_year</c>, <c>weekend</c>,
/// <c>usual_closes</c> (<c>from</c>, <c>close</c>), <c>holidays</c> (<c>date</c>, <c>name</c>), <c>early_closes</c> and, optional,
/// <c>special_sessions</c> (both <c>date</c>, <c>close</c>, <c>name</c>), <c>market</c> and <c>source</c> (for people). Dates are local,
/// <c>yyyy-MM-dd</c>; closes are local, <c>HH:mm</c>, from 00:01 to 24:00. All faults are collected, each with its line.
/// </summary>
internal sealed class CalendarFile
{
    private static readonly string[] Keys =
    [
        "name", "market", "source", "zone", "first_year", "last_year", "weekend",
        "usual_closes", "holidays", "early_closes", "special_sessions",
    ];

    private readonly List<CalendarFault> _faults = [];
    private readonly CalendarFields _fields;

    private CalendarFile() => _fields = new CalendarFields(_faults);

    /// <summary>The calendar in <paramref name="utf8"/>, or null and why not.</summary>
    public static MarketCalendar? Read(ReadOnlySpan<byte> utf8, out IReadOnlyList<CalendarFault> faults)
    {
        var file = new CalendarFile();
        var calendar = file.Read(utf8);
        faults = [.. file._faults.OrderBy(fault => fault.Line)];
        return faults.Count == 0 ? calendar : null;
    }

    private MarketCalendar? Read(ReadOnlySpan<byte> utf8)
    {
        JsonPlace root;
        try
        {
            root = JsonPlace.Parse(utf8);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            var line = (int)((exception as JsonException)?.LineNumber ?? -1) + 1;
            _faults.Add(new CalendarFault(line, $"not JSON: {exception.Message}"));
            return null;
        }

        if (!_fields.IsA(root, JsonTokenType.StartObject, "the file", "one object"))
            return null;

        _fields.NoOtherMembers(root, Keys);
        if (ReadData(root) is not { } data)
            return null;

        _faults.AddRange(CalendarChecks.FaultsOf(data));
        if (_faults.Count > 0)
            return null;

        var sessions = CalendarSessions.Of(data, _faults);
        return _faults.Count > 0 ? null : MarketCalendar.FromData(data, sessions);
    }

    private CalendarData? ReadData(JsonPlace root)
    {
        var name = _fields.TextOf(root, "name");
        if (name is { } given && (given.Length is 0 or > 64 || given.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter))))
            _fields.Refuse(_fields.Member(root, "name")!, "name must be 1 to 64 letters without spaces");

        var zoneName = _fields.TextOf(root, "zone");
        var zone = zoneName is null ? null : DateTimeZoneProviders.Tzdb.GetZoneOrNull(zoneName);
        if (zoneName is not null && zone is null)
            _fields.Refuse(_fields.Member(root, "zone")!, $"zone '{zoneName}' is no IANA time zone, such as America/New_York");

        var firstYear = _fields.YearOf(root, "first_year");
        var lastYear = _fields.YearOf(root, "last_year");
        if (firstYear > lastYear)
            _fields.Refuse(_fields.Member(root, "last_year")!, $"last_year {lastYear} is before first_year {firstYear}");

        var weekend = WeekendOf(root);
        var usualCloses = EntriesOf(root, "usual_closes", "from", withClose: true, withName: false);
        var holidays = EntriesOf(root, "holidays", "date", withClose: false, withName: true);
        var earlyCloses = EntriesOf(root, "early_closes", "date", withClose: true, withName: true);
        var special = CalendarFields.Has(root, "special_sessions")
            ? EntriesOf(root, "special_sessions", "date", withClose: true, withName: true)
            : [];

        return name is null || zone is null || firstYear is null || lastYear is null || firstYear > lastYear || weekend is null
            || usualCloses is null || holidays is null || earlyCloses is null || special is null
            ? null
            : new CalendarData(name, zone, firstYear.Value, lastYear.Value, weekend, usualCloses, holidays, earlyCloses, special);
    }

    private HashSet<DayOfWeek>? WeekendOf(JsonPlace root)
    {
        if (_fields.ArrayOf(root, "weekend") is not { } array)
            return null;

        var days = new HashSet<DayOfWeek>();
        foreach (var item in array)
        {
            if (item.Kind != JsonTokenType.String || !Enum.GetNames<DayOfWeek>().Contains(item.Text))
                _fields.Refuse(item, $"weekend: '{item.Text}' is no day; allowed are {string.Join(", ", Enum.GetNames<DayOfWeek>())}");
            else if (!days.Add(Enum.Parse<DayOfWeek>(item.Text)))
                _fields.Refuse(item, $"weekend: {item.Text} stands twice");
        }

        return days;
    }

    private List<CalendarEntry>? EntriesOf(JsonPlace root, string key, string dateKey, bool withClose, bool withName)
    {
        if (_fields.ArrayOf(root, key) is not { } array)
            return null;

        string[] allowed = [dateKey, .. withClose ? ["close"] : Array.Empty<string>(), .. withName ? ["name"] : Array.Empty<string>()];
        var entries = new List<CalendarEntry>();
        foreach (var item in array)
        {
            if (!_fields.IsA(item, JsonTokenType.StartObject, $"an entry of {key}", $"an object with {string.Join(", ", allowed)}"))
                continue;

            _fields.NoOtherMembers(item, allowed);
            var date = _fields.DateOf(item, dateKey);
            var close = withClose ? _fields.CloseOf(item) : null;
            if (withName)
                _fields.TextOf(item, "name");
            if (date is { } known && (close is not null || !withClose))
                entries.Add(new CalendarEntry(item.Line, known, close));
        }

        return entries;
    }
}
