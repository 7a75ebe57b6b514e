using EodPredict.Forecasting;
using EodPredict.Forecasting.Nowcasting;

namespace EodPredict.Tests.Forecasting.Nowcasting;

/// <summary>A forecaster that a process builds from what the database knows, instead of having watched.</summary>
public sealed class RestoredForecasterTests
{
    private const int Days = 35;

    private static readonly DateOnly First = new(2026, 3, 2);
    private static readonly ArrivalLaw Prior = ArrivalPrior.Unknown(ArrivalLaw.DefaultHorizon);
    private static readonly string[] Tickers = ["A", "B", "C"];

    [Fact]
    public void Learning_session_by_session_comes_to_the_same_law_as_learning_all_at_once()
    {
        var kept = Restored(Past(0));
        kept.Learn("A", Past(0, 1, 2, 3));
        kept.Learn("A", Past(2, 3, 4, 5));

        AssertSame(Law(Restored(Past(0, 1, 2, 3, 4, 5))), Law(kept));
    }

    [Fact]
    public void A_session_that_was_found_after_a_later_one_takes_its_place()
    {
        var kept = Restored(Past(0, 1, 3));
        Assert.False(kept.MustBegin("A", Past(0, 1, 3, 4)));
        Assert.True(kept.MustBegin("A", Past(0, 1, 2, 3)));
        kept.Begin(ArrivalSeries.Learned("A", Prior, Past(0, 1, 2, 3)));

        AssertSame(Law(Restored(Past(0, 1, 2, 3))), Law(kept));
    }

    [Fact]
    public void A_ticker_begins_with_a_prior_of_its_own()
    {
        var documented = ArrivalPrior.Documented(TimeSpan.FromHours(2), ArrivalLaw.DefaultHorizon);
        var forecaster = new ProviderForecaster(Prior, 1);
        forecaster.Begin(ArrivalSeries.Learned("A", documented, []));
        forecaster.Open(First, [("A", Close(0)), ("B", Close(0))]);

        Assert.Equal(documented.Quantile(0.5), forecaster.Law("A", First).Quantile(0.5));
        Assert.Equal(Prior.Quantile(0.5), forecaster.Law("B", First).Quantile(0.5));
    }

    [Fact]
    public void Company_that_was_found_before_is_formed_once_all_its_tickers_are_known()
    {
        var found = Restored();
        found.Look(First.AddDays(Days));
        var ties = found.Ties();
        Assert.Equal(Tickers, ties.Select(t => t.Ticker).Order());

        var restored = new ProviderForecaster(Prior, 1) { LooksByItself = false };
        ties = [.. ties.Select(t => t with { Trust = 0.9 })];
        foreach (var ticker in Tickers)
        {
            restored.Adopt(ties);
            Assert.Empty(restored.Ties());
            restored.Begin(ArrivalSeries.Learned(ticker, Prior, Drops()));
        }

        restored.Adopt(ties);
        restored.Adopt(ties);
        restored.Open(First.AddDays(Days), [.. Tickers.Select(t => (t, Close(Days)))]);

        Assert.Equal(ties.OrderBy(t => t.Ticker), restored.Ties().OrderBy(t => t.Ticker));
        Assert.Equal(2.8, Tickers.Max(t => restored.TickersWaiting(t, First.AddDays(Days))), 6);
    }

    [Fact]
    public void What_is_told_twice_or_late_changes_nothing()
    {
        var (once, twice) = (Restored(), Restored());
        var today = First.AddDays(Days);
        foreach (var forecaster in new[] { once, twice })
        {
            forecaster.Look(today);
            forecaster.Open(today, [.. Tickers.Select(t => (t, Close(Days)))]);
            forecaster.NotYet("A", today, TimeSpan.FromMinutes(120));
            forecaster.Ended("B", today, new ArrivalInterval(TimeSpan.FromMinutes(120), TimeSpan.FromMinutes(130)));
        }

        twice.NotYet("A", today, TimeSpan.FromMinutes(110));
        twice.NotYet("B", today, TimeSpan.FromMinutes(140));
        twice.Ended("B", today, new ArrivalInterval(TimeSpan.FromMinutes(100), TimeSpan.FromMinutes(110)));
        twice.Open(today, [("C", Close(Days))]);

        AssertSame(once.Law("A", today), twice.Law("A", today));
        AssertSame(once.Law("C", today), twice.Law("C", today));
    }

    [Fact]
    public void A_session_of_which_nothing_is_learned_is_let_go()
    {
        var forecaster = Restored();
        var today = First.AddDays(Days);
        forecaster.Look(today);
        forecaster.Open(today, [.. Tickers.Select(t => (t, Close(Days)))]);
        Assert.Equal(today, forecaster.Oldest);
        foreach (var ticker in Tickers)
        {
            forecaster.Withdraw(ticker, today);
            Assert.False(forecaster.Knows(ticker, today));
        }

        Assert.Null(forecaster.Oldest);
    }

    // Three tickers that came in one drop every day, between 100 and 190 minutes after the close.
    private static ProviderForecaster Restored()
    {
        var forecaster = new ProviderForecaster(Prior, 1) { LooksByItself = false };
        foreach (var ticker in Tickers)
        {
            forecaster.Begin(ArrivalSeries.Learned(ticker, Prior, Drops()));
        }

        return forecaster;
    }

    private static ProviderForecaster Restored(List<PastArrival> past)
    {
        var forecaster = new ProviderForecaster(Prior, 1) { LooksByItself = false };
        forecaster.Begin(ArrivalSeries.Learned("A", Prior, past));
        return forecaster;
    }

    private static ArrivalLaw Law(ProviderForecaster forecaster)
    {
        forecaster.Open(First.AddDays(9), [("A", Close(9))]);
        return forecaster.Law("A", First.AddDays(9));
    }

    private static void AssertSame(ArrivalLaw expected, ArrivalLaw actual) =>
        Assert.All(Enumerable.Range(1, 300), minutes => Assert.Equal(
            expected.ProbabilityBy(TimeSpan.FromMinutes(minutes)), actual.ProbabilityBy(TimeSpan.FromMinutes(minutes))));

    private static List<PastArrival> Past(params int[] days) => [.. days.Select(day => Arrival(day, 75 + (5 * day)))];

    private static List<PastArrival> Drops()
    {
        var random = new Random(4);
        return [.. Enumerable.Range(0, Days).Select(day => Arrival(day, random.Next(10, 19) * 10))];
    }

    private static PastArrival Arrival(int day, int minute) => new(
        First.AddDays(day), Close(day), new ArrivalInterval(TimeSpan.FromMinutes(minute - 15), TimeSpan.FromMinutes(minute)));

    private static DateTimeOffset Close(int day) => new(First.AddDays(day), new TimeOnly(21, 0), TimeSpan.Zero);
}
