using EodPredict.Forecasting;

namespace EodPredict.Tests.Forecasting.Learned;

/// <summary>
/// A made-up provider: each ticker comes late one day and early the next. The experts of one ticker see two hours without an order; trees
/// see that what was late the last time is early now.
/// </summary>
internal static class LearnedDays
{
    public static readonly DateOnly First = new(2024, 1, 1);

    /// <summary>The sessions of some tickers on weekdays, oldest first, each known to ten minutes.</summary>
    public static Dictionary<string, List<PastArrival>> Provider(int tickers, int days) =>
        Enumerable.Range(0, tickers).ToDictionary(ticker => $"T{ticker}", ticker => Ticker(ticker, days));

    private static List<PastArrival> Ticker(int ticker, int days)
    {
        var random = new Random(ticker);
        return [.. Enumerable.Range(0, days).Select(First.AddDays)
            .Where(date => date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
            .Select((date, at) =>
            {
                var minute = 120 + (60 * random.NextDouble()) + ((at + ticker) % 2 * 120);
                return new PastArrival(
                    date, new DateTimeOffset(date, new TimeOnly(21, 0), TimeSpan.Zero),
                    new ArrivalInterval(TimeSpan.FromMinutes(minute - 5), TimeSpan.FromMinutes(minute + 5)));
            })];
    }
}
