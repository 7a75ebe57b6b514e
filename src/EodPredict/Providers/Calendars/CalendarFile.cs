using System.Globalization;
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
    private const int FirstPossibleYear = 1900;
    private const int LastPossibleYear = 2199;

    private static readonly string[] Keys =
    [
        "name", "market", "source", "zone", "first_year", "last_year", "weekend", "usual_closes", "holidays", "early_closes", "special_sessions",
    ];

    private readonly List<CalendarFault> _faults = [];

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

        if (!IsA(root, JsonTokenType.StartObject, "the file", "one object"))
            return null;

        NoOtherMembers(root, Keys);
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
        var name = TextOf(root, "name");
        if (name is { } given && (given.Length is 0 or > 64 || given.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter))))
            Refuse(Member(root, "name")!, "name must be 1 to 64 letters without spaces");

        var zoneName = TextOf(root, "zone");
        var zone = zoneName is null ? null : DateTimeZoneProviders.Tzdb.GetZoneOrNull(zoneName);
        if (zoneName is not null && zone is null)
            Refuse(Member(root, "zone")!, $"zone '{zoneName}' is no IANA time zone, such as America/New_York");

        var firstYear = YearOf(root, "first_year");
        var lastYear = YearOf(root, "last_year");
        if (firstYear > lastYear)
            Refuse(Member(root, "last_year")!, $"last_year {lastYear} is before first_year {firstYear}");

        var weekend = WeekendOf(root);
        var usualCloses = EntriesOf(root, "usual_closes", "from", withClose: true, withName: false);
        var holidays = EntriesOf(root, "holidays", "date", withClose: false, withName: true);
        var earlyCloses = EntriesOf(root, "early_closes", "date", withClose: true, withName: true);
        var special = Has(root, "special_sessions") ? EntriesOf(root, "special_sessions", "date", withClose: true, withName: true) : [];

        return name is null || zone is null || firstYear is null || lastYear is null || firstYear > lastYear || weekend is null
            || usualCloses is null || holidays is null || earlyCloses is null || special is null
            ? null
            : new CalendarData(name, zone, firstYear.Value, lastYear.Value, weekend, usualCloses, holidays, earlyCloses, special);
    }

    private HashSet<DayOfWeek>? WeekendOf(JsonPlace root)
    {
        if (Member(root, "weekend") is not { } array || !IsA(array, JsonTokenType.StartArray, "weekend", "an array of days"))
            return null;

        var days = new HashSet<DayOfWeek>();
        foreach (var item in array.Items)
        {
            if (item.Kind != JsonTokenType.String || !Enum.GetNames<DayOfWeek>().Contains(item.Text))
                Refuse(item, $"weekend: '{item.Text}' is no day; allowed are {string.Join(", ", Enum.GetNames<DayOfWeek>())}");
            else if (!days.Add(Enum.Parse<DayOfWeek>(item.Text)))
                Refuse(item, $"weekend: {item.Text} stands twice");
        }

        return days;
    }

    private List<CalendarEntry>? EntriesOf(JsonPlace root, string key, string dateKey, bool withClose, bool withName)
    {
        if (Member(root, key) is not { } array || !IsA(array, JsonTokenType.StartArray, key, "an array"))
            return null;

        string[] allowed = [dateKey, .. withClose ? ["close"] : Array.Empty<string>(), .. withName ? ["name"] : Array.Empty<string>()];
        var entries = new List<CalendarEntry>();
        foreach (var item in array.Items)
        {
            if (!IsA(item, JsonTokenType.StartObject, $"an entry of {key}", $"an object with {string.Join(", ", allowed)}"))
                continue;

            NoOtherMembers(item, allowed);
            var date = DateOf(item, dateKey);
            var close = withClose ? CloseOf(item) : null;
            if (withName)
                TextOf(item, "name");
            if (date is { } known && (close is not null || !withClose))
                entries.Add(new CalendarEntry(item.Line, known, close));
        }

        return entries;
    }

    private DateOnly? DateOf(JsonPlace parent, string key)
    {
        if (TextOf(parent, key) is not { } text)
            return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return date;

        Refuse(Member(parent, key)!, $"{key} '{text}' is no date; expected is yyyy-MM-dd");
        return null;
    }

    private TimeSpan? CloseOf(JsonPlace parent)
    {
        if (TextOf(parent, "close") is not { } text)
            return null;
        if (text == "24:00")
            return TimeSpan.FromHours(24);
        if (TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) && time > TimeOnly.MinValue)
            return time.ToTimeSpan();

        Refuse(Member(parent, "close")!, $"close '{text}' is no time; expected is HH:mm from 00:01 to 24:00");
        return null;
    }

    private int? YearOf(JsonPlace root, string key)
    {
        if (Member(root, key) is not { } place)
            return null;
        if (place.Kind == JsonTokenType.Number && int.TryParse(place.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var year)
            && year is >= FirstPossibleYear and <= LastPossibleYear)
        {
            return year;
        }

        Refuse(place, $"{key} must be a whole number from {FirstPossibleYear} to {LastPossibleYear}");
        return null;
    }

    private string? TextOf(JsonPlace parent, string key) =>
        Member(parent, key) is { } place && IsA(place, JsonTokenType.String, key, "a text") ? place.Text : null;

    private JsonPlace? Member(JsonPlace parent, string key)
    {
        foreach (var (name, value) in parent.Members)
        {
            if (name == key)
                return value;
        }

        var missing = new CalendarFault(parent.Line, $"'{key}' is missing");
        if (!_faults.Contains(missing))
            _faults.Add(missing);
        return null;
    }

    private static bool Has(JsonPlace parent, string key) => parent.Members.Any(member => member.Key == key);

    private void NoOtherMembers(JsonPlace parent, string[] allowed)
    {
        var seen = new HashSet<string>();
        foreach (var (name, value) in parent.Members)
        {
            if (!allowed.Contains(name))
                Refuse(value, $"'{name}' is not known here; allowed are {string.Join(", ", allowed)}");
            else if (!seen.Add(name))
                Refuse(value, $"'{name}' stands twice");
        }
    }

    private bool IsA(JsonPlace place, JsonTokenType kind, string what, string expected)
    {
        if (place.Kind == kind)
            return true;

        Refuse(place, $"{what} must be {expected}");
        return false;
    }

    private void Refuse(JsonPlace place, string reason) => _faults.Add(new CalendarFault(place.Line, reason));
}
