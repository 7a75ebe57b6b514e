using System.Globalization;
using System.Text.Json;

namespace EodPredict.Providers.Calendars;

/// <summary>Reads the members of a calendar file's objects; what is missing or malformed becomes a fault and reads as null.</summary>
internal sealed class CalendarFields(List<CalendarFault> faults)
{
    private const int FirstPossibleYear = 1900;
    private const int LastPossibleYear = 2199;

    public DateOnly? DateOf(JsonPlace parent, string key)
    {
        if (TextOf(parent, key) is not { } text)
            return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return date;

        Refuse(Member(parent, key)!, $"{key} '{text}' is no date; expected is yyyy-MM-dd");
        return null;
    }

    public TimeSpan? CloseOf(JsonPlace parent)
    {
        if (TextOf(parent, "close") is not { } text)
            return null;
        if (text == "24:00")
            return TimeSpan.FromHours(24);
        if (TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            && time > TimeOnly.MinValue)
        {
            return time.ToTimeSpan();
        }

        Refuse(Member(parent, "close")!, $"close '{text}' is no time; expected is HH:mm from 00:01 to 24:00");
        return null;
    }

    public int? YearOf(JsonPlace root, string key)
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

    public string? TextOf(JsonPlace parent, string key) =>
        Member(parent, key) is { } place && IsA(place, JsonTokenType.String, key, "a text") ? place.Text : null;

    public IReadOnlyList<JsonPlace>? ArrayOf(JsonPlace parent, string key) =>
        Member(parent, key) is { } place && IsA(place, JsonTokenType.StartArray, key, "an array") ? place.Items : null;

    public JsonPlace? Member(JsonPlace parent, string key)
    {
        foreach (var (name, value) in parent.Members)
        {
            if (name == key)
                return value;
        }

        var missing = new CalendarFault(parent.Line, $"'{key}' is missing");
        if (!faults.Contains(missing))
            faults.Add(missing);
        return null;
    }

    public static bool Has(JsonPlace parent, string key) => parent.Members.Any(member => member.Key == key);

    public void NoOtherMembers(JsonPlace parent, string[] allowed)
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

    public bool IsA(JsonPlace place, JsonTokenType kind, string what, string expected)
    {
        if (place.Kind == kind)
            return true;

        Refuse(place, $"{what} must be {expected}");
        return false;
    }

    public void Refuse(JsonPlace place, string reason) => faults.Add(new CalendarFault(place.Line, reason));
}
