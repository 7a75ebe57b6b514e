using System.Globalization;
using EodPredict.Scraping;

namespace EodPredict.Service.CommandLine;

/// <summary>Tells how far a scrape is: in place on a terminal, a line each ten seconds in a pipe. For one run.</summary>
internal sealed class ScrapeProgressText(TextWriter to, bool isPipe) : IProgress<ScrapeProgress>, IDisposable
{
    // Reports come twice a second.
    private const int ReportsALine = 20;

    private readonly Lock _lock = new();
    private int _reports;
    private int _width;

    public void Report(ScrapeProgress value)
    {
        lock (_lock)
        {
            if (!isPipe)
            {
                var line = Line(value);
                to.Write($"\r{line.PadRight(_width)}");
                _width = line.Length;
            }
            else if (_reports++ % ReportsALine == 0 && _reports > 1)
            {
                to.WriteLine(Line(value));
                to.Flush();
            }
        }
    }

    /// <summary>Makes room for what comes after.</summary>
    public void End()
    {
        if (_width > 0)
        {
            to.WriteLine();
            _width = 0;
        }
    }

    public void Dispose() => End();

    private static string Line(ScrapeProgress progress) => string.Create(
        CultureInfo.InvariantCulture,
        $"{progress.Stored} of {progress.Items} stored, {progress.Failed} failed; {progress.PerSecond:0.0}/s, "
        + $"{progress.InFlight} in flight, {progress.Refused} refused; ")
        + (progress.Trouble ?? (progress.Left is { } left ? $"about {ScrapeText.Of(left)} left" : "too soon to tell the end"));
}
