namespace EodPredict.Providers.Calendars;

/// <summary>Calendar files that cannot be used. The message lists every fault as <c>file:line: reason</c>.</summary>
public sealed class CalendarFileException : Exception
{
    internal CalendarFileException(IReadOnlyList<string> faults)
        : base($"{(faults.Count == 1 ? "One fault" : $"{faults.Count} faults")} in calendar files:\n  {string.Join("\n  ", faults)}") =>
        Faults = faults;

    /// <summary>Every fault, as <c>file:line: reason</c>.</summary>
    public IReadOnlyList<string> Faults { get; }
}
