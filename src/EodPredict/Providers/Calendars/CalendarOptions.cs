namespace EodPredict.Providers.Calendars;

/// <summary>Where calendars come from besides the built-in ones; keys of the section <c>Eod</c>.</summary>
public sealed class CalendarOptions
{
    internal const string FolderKey = "Eod:CalendarFolder";

    /// <summary>
    /// A folder whose <c>*.json</c> files add calendars and take the place of built-in ones of the same name; a relative path starts at
    /// the current directory. The files are read again when they change. The default is none.
    /// </summary>
    public string? CalendarFolder { get; set; }

    /// <summary>How often the folder is looked at for changes, by the wall clock; more than zero. The default is 10 seconds.</summary>
    public TimeSpan CalendarPollInterval { get; set; } = TimeSpan.FromSeconds(10);
}
