using System.Globalization;

namespace EodPredict.Scraping.Forecast;

/// <summary>
/// Chooses the windows in which a job that can wait is sent: those that bear most, so that sending takes least and fewest windows are met
/// with refusals. It waits only where what comes after is enough though each window bear no more than it bears with 90%, and something to
/// spare. Made again each window, it follows the day. Pure.
/// </summary>
internal static class WindowChoice
{
    // Windows that differ by less are alike; of those the earliest are taken.
    private const double Alike = 0.01;
    private const double LeastGain = 0.03;
    private const double Retries = 1.02;

    // So much of the work could come on top of what is left when it starts.
    private const double Reserve = 0.25;

    /// <summary>How far ahead is looked where nothing has to be done earlier.</summary>
    public static readonly TimeSpan Horizon = TimeSpan.FromDays(7);

    /// <summary>The plan for what is left of a job.</summary>
    /// <param name="outlook">What its endpoint is expected to bear.</param>
    /// <param name="now">The instant of the plan.</param>
    /// <param name="items">Items to go.</param>
    /// <param name="finishBy">When the job has to be done; null: within the <see cref="Horizon"/>.</param>
    /// <param name="mostPace">The most requests per second that it may send.</param>
    /// <param name="speed">Seconds of the service's clock in a second of sending.</param>
    public static WindowPlan Of(
        LimitOutlook outlook, DateTimeOffset now, long items, DateTimeOffset? finishBy, double mostPace, double speed)
    {
        if (items <= 0)
        {
            return Now(now, "Nothing is left to be sent.");
        }

        if (finishBy <= now)
        {
            return Now(now, "Sent now: the time by which it should be done is over.");
        }

        if (!outlook.TellsWindows)
        {
            return Now(now, "Sent now: too little is known of its endpoint to tell good hours from bad ones "
                + $"(its limit was met in {outlook.Windows} windows of 15 minutes on {outlook.Days} days).");
        }

        var end = finishBy < now + Horizon ? finishBy.Value : now + Horizon;
        var all = Windows(outlook, now, end, mostPace, speed);
        var needed = Retries * items;
        if (Surely(all) < needed)
        {
            return Now(now, $"Sent now: until {When(end, now)} every window may be needed.")
                with { Windows = [.. all.Select(w => w.Begin)] };
        }

        var chosen = Choose(all, needed);
        if (chosen[0].Begin > now && Surely(all.Where(window => window.Begin >= chosen[0].Begin)) < (1 + Reserve) * needed)
        {
            // Too late to make up for a bad night: the start is brought forward.
            chosen = Choose(all, needed, surely: true);
        }

        var (soon, planned) = (Sending(all, needed), Sending(chosen, needed));
        if (planned > (1 - LeastGain) * soon)
        {
            return Now(now, $"Sent now: no other windows until {When(end, now)} are better by more than 3%.")
                with { Windows = [.. all.TakeWhile(Reach(needed, surely: false)).Select(w => w.Begin)] };
        }

        var first = chosen[0];
        DateTimeOffset[] begins = [.. chosen.Select(window => window.Begin)];
        var gain = $"sending then takes about {Span(planned)} instead of {Span(soon)}";
        return first.Begin <= now
            ? new WindowPlan(now, begins, $"Sent now: its endpoint is expected to bear {Rate(first.Rate)}/s, and {gain}, "
                + $"in {begins.Length} windows until {When(End(chosen), now)}.")
            : new WindowPlan(first.Begin, begins, $"Starts at {When(first.Begin, now)}: its endpoint is then expected to bear "
                + $"{Rate(first.Rate)}/s ({Rate(first.Low)} to {Rate(first.High)}) against {Rate(all[0].Rate)}/s now, and {gain}.");
    }

    private static WindowPlan Now(DateTimeOffset now, string because) => new(now, [], because);

    private static List<SendingWindow> Windows(
        LimitOutlook outlook, DateTimeOffset now, DateTimeOffset end, double mostPace, double speed) =>
        [.. outlook.Between(now, end).Select(forecast =>
        {
            var from = forecast.Begin > now ? forecast.Begin : now;
            var to = forecast.Begin + LimitWindow.Length < end ? forecast.Begin + LimitWindow.Length : end;
            return new SendingWindow(
                forecast.Begin, Math.Min(forecast.Rate, mostPace), Math.Min(forecast.Low, mostPace), Math.Min(forecast.High, mostPace),
                (to - from).TotalSeconds / speed);
        })];

    // The best windows, as many as are likely enough, or surely.
    private static List<SendingWindow> Choose(List<SendingWindow> all, double needed, bool surely = false) =>
        [.. all.OrderByDescending(window => Math.Round(Math.Log(window.Rate) / Alike)).ThenBy(window => window.Begin)
            .TakeWhile(Reach(needed, surely)).OrderBy(window => window.Begin)];

    private static Func<SendingWindow, bool> Reach(double needed, bool surely)
    {
        var taken = 0.0;
        return window =>
        {
            var isNeeded = taken < needed;
            taken += (surely ? window.Low : window.Rate) * window.Seconds;
            return isNeeded;
        };
    }

    private static double Surely(IEnumerable<SendingWindow> windows) => windows.Sum(window => window.Low * window.Seconds);

    // How many seconds of these windows, in their order, are likely sent in.
    private static double Sending(List<SendingWindow> windows, double needed)
    {
        var seconds = 0.0;
        foreach (var window in windows)
        {
            if (window.Rate * window.Seconds >= needed)
            {
                return seconds + (needed / window.Rate);
            }

            (seconds, needed) = (seconds + window.Seconds, needed - (window.Rate * window.Seconds));
        }

        return seconds;
    }

    private static DateTimeOffset End(List<SendingWindow> windows) => windows[^1].Begin + LimitWindow.Length;

    private static string When(DateTimeOffset at, DateTimeOffset now) => at.UtcDateTime.ToString(
        at.UtcDateTime.Date == now.UtcDateTime.Date ? "HH:mm" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " UTC";

    private static string Span(double seconds) =>
        seconds >= 5400 ? $"{Rate(seconds / 3600)} h"
        : seconds >= 90 ? $"{Rate(Math.Round(seconds / 60))} min" : $"{Rate(Math.Round(seconds))} s";

    private static string Rate(double rate) => rate.ToString("0.#", CultureInfo.InvariantCulture);
}
