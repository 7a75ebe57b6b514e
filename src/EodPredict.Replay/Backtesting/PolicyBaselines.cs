using EodPredict.Forecasting;
using EodPredict.Replay.Recorded;

namespace EodPredict.Replay.Backtesting;

/// <summary>
/// The usual ways of polling, on the same sessions as a policy: fixed gaps, a sensor's exponential back-off, a quantile rule tuned in
/// hindsight for these very sessions, and one GET at the very arrival. Pure.
/// </summary>
public static class PolicyBaselines
{
    private static readonly int[] FixedGaps = [5, 15, 30, 60];

    /// <summary>The cost of each baseline by name: fixed(5), fixed(15), fixed(30), fixed(60), airflow, quantile, hindsight.</summary>
    /// <param name="history">All sessions known, the scored ones among them: the quantile rule sees the true arrivals before each.</param>
    /// <param name="isScored">Which of them are scored.</param>
    /// <param name="getCost">The price of a GET.</param>
    /// <param name="delayCostPerMinute">The price of a minute.</param>
    /// <param name="horizon">How long after the close a session is watched.</param>
    public static IReadOnlyDictionary<string, PolicyCost> Of(
        IEnumerable<RecordedSession> history, Func<RecordedSession, bool> isScored, double getCost, double delayCostPerMinute, TimeSpan horizon)
    {
        var end = horizon.TotalMinutes;
        var tickers = history.GroupBy(s => s.Ticker).Select(g => g.OrderBy(s => s.SessionDate).ToArray()).ToArray();
        var scored = tickers.SelectMany(t => t).Where(isScored).Select(s => Math.Min(s.ArrivalMinutes, 2 * end)).ToArray();
        var costs = new Dictionary<string, PolicyCost>();
        if (scored.Length == 0)
        {
            return costs;
        }

        foreach (var gap in FixedGaps)
        {
            costs[$"fixed({gap})"] = Mean(scored.Select(a => QuantileRule.Evaluate(gap, gap, a, end)));
        }

        costs["airflow"] = Mean(scored.Select(a => BackOff(a, end)));
        costs["quantile"] = BestQuantile(tickers, isScored, end, Mean);
        costs["hindsight"] = new PolicyCost(1, 0, getCost);
        return costs;

        PolicyCost Mean(IEnumerable<(double Gets, double Delay)> outcomes)
        {
            var (gets, delay, count) = (0.0, 0.0, 0);
            foreach (var outcome in outcomes)
            {
                (gets, delay, count) = (gets + outcome.Gets, delay + outcome.Delay, count + 1);
            }

            return new PolicyCost(gets / count, delay / count, ((gets * getCost) + (delay * delayCostPerMinute)) / count);
        }
    }

    private static PolicyCost BestQuantile(
        RecordedSession[][] tickers, Func<RecordedSession, bool> isScored, double end, Func<IEnumerable<(double, double)>, PolicyCost> mean)
    {
        // The true arrivals that each scored session could look back on, sorted; the same for every quantile and gap.
        var scored = new List<(double[] Past, double Arrival)>();
        foreach (var sessions in tickers)
        {
            var arrivals = sessions.Select(s => Math.Min(s.ArrivalMinutes, 2 * end)).ToArray();
            for (var i = 0; i < sessions.Length; i++)
            {
                if (isScored(sessions[i]))
                {
                    var past = arrivals[Math.Max(0, i - QuantileRule.Window)..i];
                    Array.Sort(past);
                    scored.Add((past, arrivals[i]));
                }
            }
        }

        var best = new PolicyCost(0, 0, double.PositiveInfinity);
        foreach (var share in QuantileRule.Shares)
        {
            foreach (var gap in QuantileRule.Gaps)
            {
                var cost = mean(scored.Select(s =>
                    QuantileRule.Evaluate(s.Past.Length == 0 ? gap : QuantileRule.At(s.Past, share), gap, s.Arrival, end)));
                best = cost.Cost < best.Cost ? cost with { Quantile = share, GapMinutes = gap } : best;
            }
        }

        return best;
    }

    // A sensor's back-off as its middle draw would have it: a poke of 60 seconds, doubled, waits capped at 30 minutes.
    private static (double Gets, double Delay) BackOff(double arrival, double end)
    {
        var (at, gap, gets) = (0.5, 1.0, 1);
        while (at < arrival && at < end)
        {
            at += Math.Min(gap * 1.5, 30);
            gap = Math.Min(gap * 2, 30);
            gets++;
        }

        return (gets, Math.Max(0, at - arrival));
    }
}
