using EodPredict.Forecasting;

namespace EodPredict.Availability;

/// <summary>What is believed of a ticker before it is known. Pure.</summary>
internal static class TickerPriors
{
    private const int WellKnown = 10;
    private const int TickersInPool = 20;

    /// <summary>The prior of a ticker with this past.</summary>
    /// <param name="sessions">How many of its sessions are known.</param>
    /// <param name="ground">For a well-known ticker, what <see cref="ArrivalPrior.Of"/> says.</param>
    /// <param name="pool">For a new one, what <see cref="Pool"/> says.</param>
    public static ArrivalLaw Of(int sessions, ArrivalLaw ground, Lazy<ArrivalLaw> pool) => sessions < WellKnown ? pool.Value : ground;

    /// <summary>What a new ticker is believed to do: what the dataset's well-known ones do.</summary>
    public static ArrivalLaw Pool(IEnumerable<IReadOnlyList<PastArrival>> known, ArrivalLaw ground) =>
        ArrivalPrior.Pool(
            [.. known.Where(past => past.Count >= WellKnown).Take(TickersInPool)
                .Select(past => ExpertMixture.Forecast(past, past[^1].SessionDate.AddDays(1), past[^1].Close.AddDays(1), ground))],
            ground);
}
