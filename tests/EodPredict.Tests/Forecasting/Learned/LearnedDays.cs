using EodPredict.Forecasting;

namespace EodPredict.Tests.Forecasting.Learned;

/// <summary>A made-up provider: on Fridays the data comes two hours later, else it comes about when it came before.</summary>
internal static class LearnedDays
{
    public static readonly DateOnly First = new(2024, 1, 1);

    /// <summary>The sessions of one ticker, oldest first, known to ten minutes.</summary>
    public static List<PastArrival> Of(int ticker, int days, int seed, double lateOnFridays)
    {
        var random = new Random(HashCode.Combine(ticker, seed));
        return [.. Enumerable.Range(0, days).Select(First.AddDays).Where(date => date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
            .Select(date =>
            {
                var at = 120 + (60 * random.NextDouble()) + (date.DayOfWeek == DayOfWeek.Friday ? lateOnFridays : 0);
                var close = new DateTimeOffset(date, new TimeOnly(21, 0), TimeSpan.Zero);
                return new PastArrival(date, close, new ArrivalInterval(TimeSpan.FromMinutes(at - 5), TimeSpan.FromMinutes(at + 5)));
            })];
    }

    /// <summary>The sessions of several tickers.</summary>
    public static Dictionary<string, List<PastArrival>> Provider(int tickers, int days, int seed, double lateOnFridays) =>
        Enumerable.Range(0, tickers).ToDictionary(ticker => $"T{ticker}", ticker => Of(ticker, days, seed, lateOnFridays));
}
