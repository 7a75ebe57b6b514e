using System.Buffers;
using System.Runtime.CompilerServices;
using EodPredict.Forecasting;
using EodPredict.Providers;

namespace EodPredict.Availability;

/// <summary>
/// The check times that cost least in expectation, by dynamic programming over the law's windows: U(i), the expected cost once it was
/// not there at candidate i, is the least over later candidates k of a check's price, the waiting of what arrives between, and U(k).
/// Exact on its candidates; what came of it since is told by planning anew with the law cut. Pure; safe from any thread.
/// </summary>
public static class CheckPlanner
{
    /// <summary>Plans the checks of one session.</summary>
    /// <param name="law">The arrival law as known now.</param>
    /// <param name="prices">What a check and a minute cost.</param>
    /// <param name="limits">Between which times since the close to check.</param>
    /// <exception cref="ArgumentException">A price or a limit is out of its range.</exception>
    public static CheckPlan Plan(ArrivalLaw law, CheckPrices prices, PlanningLimits limits) =>
        Solve(law, prices, limits, (nodes, count) => Read(nodes, count, prices, limits));

    /// <summary>What each instant would cost at which the next GET could be made; the plan's is the cheapest of them.</summary>
    /// <inheritdoc cref="Plan"/>
    public static IReadOnlyList<CheckCandidate> Candidates(ArrivalLaw law, CheckPrices prices, PlanningLimits limits) =>
        Solve(law, prices, limits, (nodes, count) =>
        {
            var overdue = new Overdue(nodes, count, prices, limits);
            var candidates = new CheckCandidate[count - 1];
            for (var k = 1; k < count; k++)
            {
                var cost = Waiting(nodes, 0, k, prices.WholeMinute, overdue) + prices.WholeGet + nodes.Costs[k];
                candidates[k - 1] = new CheckCandidate(TimeSpan.FromMinutes(nodes.Times[k]), Math.Min(1, nodes.Arrived[k]), cost);
            }

            return candidates;
        });

    private static T Solve<T>(ArrivalLaw law, CheckPrices prices, PlanningLimits limits, Func<PlanNodes, int, T> read)
    {
        ArgumentNullException.ThrowIfNull(law);
        ArgumentNullException.ThrowIfNull(prices);
        ArgumentNullException.ThrowIfNull(limits);
        prices.Validate();
        ArgumentOutOfRangeException.ThrowIfLessThan(limits.Candidates, 2, nameof(limits));
        var earliest = Math.Max(0, limits.Earliest.TotalMinutes);
        var horizon = Math.Max(limits.Horizon.TotalMinutes, earliest);
        var room = limits.Candidates + 4;
        var rented = ArrayPool<double>.Shared.Rent(4 * room);
        var chosen = ArrayPool<int>.Shared.Rent(2 * room);
        try
        {
            var nodes = new PlanNodes(
                rented.AsSpan(0, room), rented.AsSpan(room, room), rented.AsSpan(2 * room, room), rented.AsSpan(3 * room, room),
                chosen.AsSpan(0, room), chosen.AsSpan(room, room));
            var count = nodes.Place(law, earliest, horizon, limits.Deadline?.TotalMinutes, limits.Candidates);
            Solve(nodes, count, prices, limits, new Overdue(nodes, count, prices, limits));
            return read(nodes, count);
        }
        finally
        {
            ArrayPool<double>.Shared.Return(rented);
            ArrayPool<int>.Shared.Return(chosen);
        }
    }

    // Backwards over the candidates. Waiting grows with k and nothing else falls below the cheapest check, which ends each search early. What
    // i adds to the cost of k is times[k] * arrived[i], which grows with both: with GETs alone, an earlier candidate's check is no later.
    private static void Solve(PlanNodes nodes, int count, CheckPrices prices, PlanningLimits limits, Overdue overdue)
    {
        var times = nodes.Times;
        var arrived = nodes.Arrived;
        var cost = nodes.Costs;
        var (get, minute) = (prices.WholeGet, prices.WholeMinute);
        var cheapest = get;
        foreach (var signal in prices.Signals)
        {
            cheapest = Math.Min(cheapest, signal.Price);
        }

        var (last, signalsFrom) = (count - 1, limits.SignalsFrom.TotalMinutes);
        var areGetsAlone = prices.Signals.Count == 0 && double.IsPositiveInfinity(overdue.Deadline);
        var furthest = last;
        cost[last] = 0;
        for (var i = last - 1; i >= 0; i--)
        {
            var left = 1 - arrived[i];
            var best = double.PositiveInfinity;
            for (var k = i + 1; k <= furthest; k++)
            {
                var comes = arrived[k] - arrived[i];
                var waiting = Waiting(nodes, i, k, minute, overdue);
                if (waiting + (cheapest * left) >= best)
                {
                    break;
                }

                var value = waiting + (get * left) + cost[k];
                if (value < best)
                {
                    (best, nodes.Next[i], nodes.Signals[i]) = (value, k, -1);
                }

                for (var s = 0; s < prices.Signals.Count && k < last && times[k] >= signalsFrom; s++)
                {
                    // A false "no" waits once more, until the check that follows k, and pays for that check.
                    var signal = prices.Signals[s];
                    var after = times[nodes.Next[k]] - times[k];
                    var overlooked = signal.FalseNo * comes * ((minute * after) + signal.Price);
                    value = waiting + (signal.Price * left) + (get * (comes + (signal.FalseYes * (1 - arrived[k])))) + overlooked + cost[k];
                    if (value < best)
                    {
                        (best, nodes.Next[i], nodes.Signals[i]) = (value, k, s);
                    }
                }
            }

            cost[i] = best;
            furthest = areGetsAlone ? nodes.Next[i] : last;
        }
    }

    // What comes between two candidates waits until the later one; what came in time and is found too late costs besides.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Waiting(in PlanNodes nodes, int i, int k, double minute, in Overdue overdue)
    {
        var waiting = minute * ((nodes.Times[k] * (nodes.Arrived[k] - nodes.Arrived[i])) - (nodes.Moments[k] - nodes.Moments[i]));
        return nodes.Times[k] > overdue.Deadline ? waiting + (overdue.Price * Math.Max(0, overdue.InTime - nodes.Arrived[i])) : waiting;
    }

    private static CheckPlan Read(PlanNodes nodes, int count, CheckPrices prices, PlanningLimits limits)
    {
        var checks = new List<PlannedCheck>();
        for (var i = 0; i < count - 1;)
        {
            var (k, s) = (nodes.Next[i], nodes.Signals[i]);
            var left = Math.Max(1 - nodes.Arrived[i], 1e-12);
            checks.Add(new PlannedCheck
            {
                Method = s < 0 ? CheckMethod.Get : prices.Signals[s].Method,
                At = k == count - 1 && limits.Horizon > limits.Earliest ? limits.Horizon : TimeSpan.FromMinutes(nodes.Times[k]),
                ProbabilityThere = Math.Min(1, nodes.Arrived[k]),
                ExpectedCost = nodes.Costs[i] / left,
                WorthMinutes = (s < 0 ? prices.WholeGet : prices.Signals[s].Price) / prices.WholeMinute,
                IsLast = k == count - 1,
                Close = limits.Close,
            });
            i = k;
        }

        return new CheckPlan(checks, nodes.Costs[0]);
    }

    // What a find after the deadline costs: the deadline, the probability of having arrived by then, the price.
    private readonly struct Overdue
    {
        public Overdue(PlanNodes nodes, int count, CheckPrices prices, PlanningLimits limits)
        {
            Price = prices.MissedDeadline;
            Deadline = Price > 0 && limits.Deadline is { } due ? due.TotalMinutes : double.PositiveInfinity;
            InTime = Deadline < nodes.Times[count - 1] ? nodes.ArrivedBy(Deadline, count) : 0;
        }

        public double Deadline { get; }

        public double InTime { get; }

        public double Price { get; }
    }
}
