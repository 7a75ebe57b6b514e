using EodPredict.Availability;
using EodPredict.Forecasting;

namespace EodPredict.Tests.Availability;

public sealed class TickerMixtureTests
{
    private static readonly DateOnly First = new(2026, 3, 2);
    private static readonly ArrivalLaw Prior = ArrivalPrior.Unknown(TimeSpan.FromHours(48));

    [Fact]
    public void Learning_session_by_session_comes_to_the_same_law_as_learning_all_at_once()
    {
        var past = Past(0, 1, 2, 3, 4, 5);
        var kept = new TickerMixture(Prior);
        for (var known = 1; known <= past.Count; known++)
        {
            Forecast(kept, past[..known]);
        }

        AssertSame(Forecast(new TickerMixture(Prior), past), Forecast(kept, past));
    }

    [Fact]
    public void A_session_that_was_found_after_a_later_one_takes_its_place()
    {
        var kept = new TickerMixture(Prior);
        Forecast(kept, Past(0, 1, 3));

        AssertSame(Forecast(new TickerMixture(Prior), Past(0, 1, 2, 3)), Forecast(kept, Past(0, 1, 2, 3)));
    }

    private static ArrivalLaw Forecast(TickerMixture mixture, List<PastArrival> past) => mixture.Forecast(past, First.AddDays(9), Close(9));

    private static void AssertSame(ArrivalLaw expected, ArrivalLaw actual) =>
        Assert.All(Enumerable.Range(1, 300), minutes => Assert.Equal(
            expected.ProbabilityBy(TimeSpan.FromMinutes(minutes)), actual.ProbabilityBy(TimeSpan.FromMinutes(minutes))));

    private static List<PastArrival> Past(params int[] days) =>
        [.. days.Select(day => new PastArrival(
            First.AddDays(day), Close(day), new ArrivalInterval(TimeSpan.FromMinutes(60 + (5 * day)), TimeSpan.FromMinutes(75 + (5 * day)))))];

    private static DateTimeOffset Close(int day) => new(First.AddDays(day), new TimeOnly(21, 0), TimeSpan.Zero);
}
