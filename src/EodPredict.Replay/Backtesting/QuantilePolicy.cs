using EodPredict.Forecasting;

namespace EodPredict.Replay.Backtesting;

/// <summary>
/// A first GET at a quantile of the ticker's last arrivals, then one at a fixed gap: the rule that people tune by hand, here with the
/// quantile and the gap that would have been cheapest on its own last intervals.
/// </summary>
internal sealed class QuantilePolicy(double getCost, double minuteCost, TimeSpan horizon) : ITickerPolicy
{
    private readonly Queue<double> _past = new();
    private double _gap = QuantileRule.Gaps[0];

    public ISessionWatch Open(DateOnly sessionDate, DateTimeOffset close)
    {
        var sorted = _past.Order().ToArray();
        var (first, best) = (_gap, double.PositiveInfinity);
        foreach (var share in QuantileRule.Shares)
        {
            foreach (var gap in QuantileRule.Gaps)
            {
                var start = sorted.Length == 0 ? gap : QuantileRule.At(sorted, share);
                var cost = 0.0;
                foreach (var arrival in sorted)
                {
                    var (gets, delay) = QuantileRule.Evaluate(start, gap, arrival, horizon.TotalMinutes);
                    cost += (gets * getCost) + (delay * minuteCost);
                }

                if (cost < best)
                {
                    (first, _gap, best) = (start, gap, cost);
                }
            }
        }

        return new Watch(Math.Min(Math.Ceiling(first), horizon.TotalMinutes), _gap, horizon);
    }

    public void Learn(PastArrival past)
    {
        // The middle of the interval, where it is no wider than the gap; else half a gap before it was found.
        var by = (past.Interval.By ?? 2 * horizon).TotalMinutes;
        _past.Enqueue(by - (Math.Min(by - past.Interval.After.TotalMinutes, _gap) / 2));
        if (_past.Count > QuantileRule.Window)
        {
            _past.Dequeue();
        }
    }

    private sealed class Watch(double first, double gap, TimeSpan horizon) : ISessionWatch
    {
        public ArrivalLaw? Law => null;

        public TimeSpan First() => TimeSpan.FromMinutes(first);

        public TimeSpan AfterNotYet(TimeSpan sinceClose)
        {
            var next = sinceClose + TimeSpan.FromMinutes(gap);
            return next < horizon ? next : horizon;
        }
    }
}
