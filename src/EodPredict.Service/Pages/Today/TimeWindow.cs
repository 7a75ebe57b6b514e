using EodPredict.Service.Pages.Charts;

namespace EodPredict.Service.Pages.Today;

/// <summary>The stretch of time that all rows of the page share.</summary>
/// <param name="From">Its begin.</param>
/// <param name="To">Its end, later.</param>
public sealed record TimeWindow(DateTimeOffset From, DateTimeOffset To)
{
    private const double Margin = 0.03;

    private static readonly TimeSpan Shortest = TimeSpan.FromHours(2);

    // A session may be waited for for days; what lies farther away than this would press the rest together.
    private static readonly TimeSpan Farthest = TimeSpan.FromHours(20);

    /// <summary>From the earliest close that is shown to the last check or end of a law, as far as they are near.</summary>
    public static TimeWindow Of(IReadOnlyCollection<SessionView> sessions, DateTimeOffset now)
    {
        var open = sessions.Where(session => session.State == "open").ToArray();
        var shown = open.Length > 0 ? open : sessions;
        var around = open.Length > 0 ? now : shown.Select(session => session.FoundAt ?? session.CloseAt).DefaultIfEmpty(now).Max();
        var from = shown.Select(session => session.CloseAt).Where(close =>
            around - close <= Farthest).DefaultIfEmpty(around - Farthest).Min();
        var to = shown.SelectMany(session => new[] { session.LawAt(4), session.NextCheckAt, session.FoundAt })
            .OfType<DateTimeOffset>().Where(at => at - around <= Farthest).Append(open.Length > 0 ? now : around).Max();
        if (to - from < Shortest)
        {
            to = from + Shortest;
        }

        var margin = (to - from) * Margin;
        return new TimeWindow(from - margin, to + margin);
    }

    public bool Holds(DateTimeOffset instant) => instant >= From && instant <= To;

    /// <summary>Where an instant lies, in percent; at an end where it lies beyond.</summary>
    public double Place(DateTimeOffset instant) => 100 * Math.Clamp((instant - From) / (To - From), 0, 1);

    public ChartAxis Axis(int ticks) => ChartAxis.Clock("UTC", From, 0, (To - From).TotalMinutes, ticks);
}
