using System.Collections.Immutable;

namespace EodPredict.Providers.Calendars;

/// <summary>
/// The calendar files of one folder and what is in force from them. A file that is refused, or cannot be read, leaves in force what it
/// said before. A file that is gone gives way to the built-in calendar of that name; where there is none, its calendar stays in force
/// until the process ends. Not safe for several threads at once.
/// </summary>
internal sealed class CalendarFolder(string path)
{
    private const long LargestFile = 4 * 1024 * 1024;

    private readonly SortedDictionary<string, CalendarFolderFile> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MarketCalendar> _orphans = new(StringComparer.OrdinalIgnoreCase);
    private string? _unreadable;

    /// <summary>The calendars in force from this folder, by name, without regard to case.</summary>
    public ImmutableDictionary<string, MarketCalendar> Calendars { get; private set; } =
        ImmutableDictionary.Create<string, MarketCalendar>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads what has changed since the last time, and says what came of it.</summary>
    public IReadOnlyList<CalendarNews> Refresh()
    {
        var news = new List<CalendarNews>();
        if (FilesFound(news) is not { } found)
            return news;

        foreach (var gone in _files.Keys.Except(found).ToList())
            Forget(gone, news);
        foreach (var file in found)
            Look(file, news);

        Calendars = Calendars.Clear()
            .SetItems(_orphans)
            .SetItems(_files.Values.Select(file => file.Calendar).OfType<MarketCalendar>().ToDictionary(calendar => calendar.Name));
        return news;
    }

    private List<string>? FilesFound(List<CalendarNews> news)
    {
        try
        {
            var found = Directory.EnumerateFiles(path, "*.json").Order(StringComparer.Ordinal).ToList();
            _unreadable = null;
            return found;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            if (_unreadable != exception.Message)
            {
                var fault = $"{path}: the folder of {CalendarOptions.FolderKey} cannot be read: {exception.Message}";
                news.Add(CalendarNews.Refused(path, [fault]));
            }

            _unreadable = exception.Message;
            return null;
        }
    }

    private void Forget(string file, List<CalendarNews> news)
    {
        if (_files[file].Calendar is { } calendar)
        {
            var isBuiltIn = BuiltInCalendars.All.ContainsKey(calendar.Name);
            if (!isBuiltIn)
                _orphans[calendar.Name] = calendar;
            news.Add(CalendarNews.Gone(file, calendar.Name, isBuiltIn));
        }

        _files.Remove(file);

        // A file may have been refused only because the one that is gone had its name first.
        foreach (var (refused, state) in _files.Where(other => other.Value.Refusal is not null).ToList())
            _files[refused] = state with { Stamp = null };
    }

    private void Look(string file, List<CalendarNews> news)
    {
        var known = _files.GetValueOrDefault(file);
        try
        {
            var info = new FileInfo(file);
            var stamp = (info.LastWriteTimeUtc, info.Length);
            if (known?.Stamp == stamp)
                return;
            if (info.Length > LargestFile)
                throw new IOException($"it is larger than {LargestFile / 1024 / 1024} MiB");

            var calendar = CalendarFile.Read(File.ReadAllBytes(file), out var faults);
            var reasons = faults.Select(fault => fault.At(file)).ToList();
            var rival = calendar is null
                ? null
                : _files.FirstOrDefault(other => other.Key != file && Names(other.Value, calendar.Name)).Key;
            if (rival is not null)
                reasons.Add($"{file}: the calendar {calendar!.Name} is already given by {rival}");

            if (reasons.Count > 0)
            {
                _files[file] = new CalendarFolderFile(stamp, known?.Calendar, string.Join('\n', reasons));
                news.Add(CalendarNews.Refused(file, reasons));
                return;
            }

            _files[file] = new CalendarFolderFile(stamp, calendar, null);
            _orphans.Remove(calendar!.Name);
            news.Add(CalendarNews.TakenUp(file, calendar));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            if (known?.Refusal != exception.Message)
                news.Add(CalendarNews.Refused(file, [$"{file}: cannot be read: {exception.Message}"]));
            _files[file] = new CalendarFolderFile(null, known?.Calendar, exception.Message);
        }
    }

    private static bool Names(CalendarFolderFile file, string name) =>
        string.Equals(file.Calendar?.Name, name, StringComparison.OrdinalIgnoreCase);
}
