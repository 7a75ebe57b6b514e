namespace EodPredict.Providers.Calendars;

/// <summary>No calendar has the name that was asked for.</summary>
public sealed class UnknownCalendarException : Exception
{
    internal UnknownCalendarException(string name, IEnumerable<string> known)
        : base(
            $"No calendar is named '{name}'. Known are {string.Join(", ", known)}. A calendar of your own is a JSON file in the folder "
            + $"named by {CalendarOptions.FolderKey}.") =>
        Name = name;

    /// <summary>The name that was asked for.</summary>
    public string Name { get; }
}
