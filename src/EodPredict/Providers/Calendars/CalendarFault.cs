namespace EodPredict.Providers.Calendars;

/// <summary>One thing that is wrong in a calendar file.</summary>
/// <param name="Line">Where, from 1; 0 where the fault is of the file as a whole.</param>
/// <param name="Reason">What is wrong there, and what is allowed.</param>
internal readonly record struct CalendarFault(int Line, string Reason)
{
    public string At(string file) => Line == 0 ? $"{file}: {Reason}" : $"{file}:{Line}: {Reason}";
}
