using System.Globalization;

namespace EodPredict.Service.Pages.Charts;

/// <summary>An axis: its ends, and where it has labels.</summary>
/// <param name="Title">What it measures.</param>
/// <param name="From">The value at its begin.</param>
/// <param name="To">The value at its end, above <paramref name="From"/>.</param>
/// <param name="Ticks">Labelled values, rising.</param>
public sealed record ChartAxis(string Title, double From, double To, IReadOnlyList<(double At, string Label)> Ticks)
{
    private const int WantedTicks = 6;

    private static readonly double[] Steps = [1, 2, 5, 10];
    private static readonly double[] MinuteSteps = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 7200, 14_400, 43_200];

    /// <summary>Where a value lies, from 0 at the begin to 1 at the end; what is beyond an end lies at it.</summary>
    public double Place(double value) => Math.Clamp((value - From) / (To - From), 0, 1);

    /// <summary>An axis of plain numbers.</summary>
    /// <param name="title">What it measures.</param>
    /// <param name="from">The least value.</param>
    /// <param name="to">The greatest; moved up to the next step.</param>
    /// <param name="unit">Written behind each number.</param>
    public static ChartAxis Numbers(string title, double from, double to, string unit = "")
    {
        var span = to > from ? to - from : Math.Max(1, Math.Abs(from));
        var magnitude = Math.Pow(10, Math.Floor(Math.Log10(span / WantedTicks)));
        var step = magnitude * Steps.First(s => span / (s * magnitude) <= WantedTicks);
        var (first, last) = (Math.Floor(from / step), Math.Ceiling((from + span) / step));
        var ticks = Enumerable.Range(0, (int)(last - first) + 1)
            .Select(i => (first + i) * step).Select(at => (at, Math.Round(at, 9).ToString("0.####", CultureInfo.InvariantCulture) + unit));
        return new ChartAxis(title, first * step, last * step, [.. ticks]);
    }

    /// <summary>From none to all, in percent.</summary>
    public static ChartAxis Shares(string title) =>
        new(title, 0, 1, [.. Enumerable.Range(0, 5).Select(i => (i / 4.0, $"{25 * i}%"))]);

    /// <summary>An axis of minutes since an instant, labelled with the time of day.</summary>
    /// <param name="title">What it measures.</param>
    /// <param name="origin">The instant at zero.</param>
    /// <param name="from">Minutes since it at the begin.</param>
    /// <param name="to">Minutes since it at the end.</param>
    /// <param name="ticks">About how many labels there is room for.</param>
    public static ChartAxis Clock(string title, DateTimeOffset origin, double from, double to, int ticks = WantedTicks)
    {
        to = Math.Max(to, from + 1);
        var step = MinuteStep(to - from, ticks);
        var midnight = new DateTimeOffset(origin.UtcDateTime.Date, TimeSpan.Zero);
        var offset = (origin - midnight).TotalMinutes;
        var labels = new List<(double, string)>();
        for (var at = Math.Ceiling((from + offset) / step) * step; at <= to + offset; at += step)
        {
            var format = step >= 1440 ? "ddd dd MMM" : at % 1440 == 0 ? "ddd" : "HH:mm";
            labels.Add((at - offset, midnight.AddMinutes(at).ToString(format, CultureInfo.InvariantCulture)));
        }

        return new ChartAxis(title, from, to, labels);
    }

    /// <summary>An axis of days, in days since the first.</summary>
    public static ChartAxis Days(string title, DateOnly first, DateOnly last)
    {
        var days = Math.Max(1, last.DayNumber - first.DayNumber);
        var step = Math.Max(1, (days + WantedTicks - 2) / (WantedTicks - 1));
        var ticks = Enumerable.Range(0, (days / step) + 1)
            .Select(i => ((double)(i * step), first.AddDays(i * step).ToString("dd MMM", CultureInfo.InvariantCulture)));
        return new ChartAxis(title, 0, days, [.. ticks]);
    }

    /// <summary>An axis of durations in minutes.</summary>
    public static ChartAxis Minutes(string title, double from, double to)
    {
        var step = MinuteStep(to - from, WantedTicks);
        var (first, last) = (Math.Floor(from / step), Math.Max(Math.Ceiling(to / step), Math.Floor(from / step) + 1));
        var ticks = Enumerable.Range(0, (int)(last - first) + 1).Select(i => (first + i) * step);
        return new ChartAxis(title, first * step, last * step, [.. ticks.Select(at => (at, Label(at, step)))]);
    }

    private static double MinuteStep(double span, int ticks) =>
        MinuteSteps.FirstOrDefault(step => span / step <= ticks, Math.Ceiling(span / ticks / 43_200) * 43_200);

    private static string Label(double minutes, double step) => step switch
    {
        >= 1440 => $"{minutes / 1440:0} d",
        >= 60 => $"{minutes / 60:0} h",
        _ => minutes < 60 ? $"{minutes:0} min" : $"{(int)minutes / 60}:{minutes % 60:00} h",
    };
}
