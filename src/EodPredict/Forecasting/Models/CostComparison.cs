using EodPredict.Forecasting.Learned;
using EodPredict.Providers;

namespace EodPredict.Forecasting.Models;

/// <summary>
/// What checks would have cost by one law and another, on past sessions whose arrivals are known to intervals: each is taken to have come
/// anywhere in its interval alike, which favours none. Pure.
/// </summary>
/// <param name="dataset">The prices and the horizon.</param>
/// <param name="times">Who plans the checks.</param>
internal sealed class CostComparison(Dataset dataset, CheckTimes times)
{
    private const int Places = 8;

    /// <summary>Compares laws on sessions of a later block; there is at least one.</summary>
    /// <param name="later">The sessions.</param>
    /// <param name="history">The arrivals of each ticker, oldest first, for the quantile rule.</param>
    /// <param name="challenger">The model that would serve.</param>
    /// <param name="champion">The model that serves; null: none.</param>
    public CheckCosts Of(
        IReadOnlyList<WalkedSession> later, IReadOnlyDictionary<string, List<PastArrival>> history, LearnedHazard challenger,
        LearnedHazard? champion)
    {
        var experts = later.Select(session => Cost(session, session.Experts)).ToArray();
        var reigning = champion is null ? null : Costs(later, champion);
        var challenging = Costs(later, challenger);
        var rival = reigning is not null && reigning.Average() < experts.Average() ? reigning : experts;
        var (mean, atMost) = PairedDifference.Of(
            later.Select((session, i) => (session.Arrival.SessionDate, challenging[i] - rival[i])));
        return new CheckCosts
        {
            Sessions = later.Count,
            Experts = experts.Average(),
            Champion = reigning?.Average(),
            Challenger = challenging.Average(),
            Quantile = Quantile(later, history),
            Difference = mean,
            DifferenceAtMost = atMost,
        };
    }

    private double[] Costs(IReadOnlyList<WalkedSession> later, LearnedHazard model) =>
        [.. later.Select(session => Cost(session, model.Map(session.Example).Apply(session.Experts)))];

    private double Cost(WalkedSession session, ArrivalLaw law)
    {
        var checks = times(law, dataset);
        return Arrivals(session.Arrival.Interval).Average(arrival =>
        {
            var found = checks.Index().FirstOrDefault(check => check.Item.TotalMinutes >= arrival, (checks.Count - 1, default));
            return Price(found.Index + 1, Math.Max(0, found.Item.TotalMinutes - arrival));
        });
    }

    // The cheapest of its quantiles and gaps, in hindsight.
    private double Quantile(IReadOnlyList<WalkedSession> later, IReadOnlyDictionary<string, List<PastArrival>> history)
    {
        var pasts = later.Select(session => Past(history[session.Ticker], session.Arrival.SessionDate)).ToArray();
        return QuantileRule.Shares.Min(share => QuantileRule.Gaps.Min(gap => later.Index().Average(session =>
        {
            var past = pasts[session.Index];
            var first = past.Length == 0 ? gap : QuantileRule.At(past, share);
            return Arrivals(session.Item.Arrival.Interval).Average(arrival =>
            {
                var (gets, delay) = QuantileRule.Evaluate(first, gap, arrival, dataset.Horizon.TotalMinutes);
                return Price(gets, delay);
            });
        })));
    }

    private double[] Past(List<PastArrival> arrivals, DateOnly before) =>
    [
        .. arrivals.Where(past => past.SessionDate < before).TakeLast(QuantileRule.Window).Select(past =>
            Arrivals(past.Interval).Average()).Order(),
    ];

    // One that did not come is never found, whatever is done.
    private double[] Arrivals(ArrivalInterval interval) => interval.By is not { } by ? [2 * dataset.Horizon.TotalMinutes] :
    [
        .. Enumerable.Range(0, Places).Select(i =>
            interval.After.TotalMinutes + ((i + 0.5) / Places * (by - interval.After).TotalMinutes)),
    ];

    private double Price(double gets, double delay) => (gets * dataset.GetCost) + (delay * dataset.DelayCostPerMinute);
}
