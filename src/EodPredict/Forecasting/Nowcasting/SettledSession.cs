namespace EodPredict.Forecasting.Nowcasting;

/// <summary>A session that is over, as it is kept to find out which tickers go together.</summary>
/// <param name="Arrival">What is known of its arrival.</param>
/// <param name="Middle">Where in its interval the arrival is believed to lie, in minutes since the close; not a number where it never came.</param>
/// <param name="OwnProbability">The probability that the law from the series' own past had given to the interval.</param>
internal readonly record struct SettledSession(PastArrival Arrival, double Middle, double OwnProbability)
{
    public static SettledSession Of(PastArrival arrival, ArrivalLaw own, ArrivalLaw spread)
    {
        var remembered = new RememberedArrival(arrival, spread, []);
        return new(arrival, remembered.Points.Length == 0 ? double.NaN : remembered.Mean, own.ProbabilityOf(arrival.Interval));
    }
}
