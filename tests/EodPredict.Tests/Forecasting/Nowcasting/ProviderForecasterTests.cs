using EodPredict.Forecasting;
using EodPredict.Forecasting.Nowcasting;

namespace EodPredict.Tests.Forecasting.Nowcasting;

public sealed class ProviderForecasterTests
{
    private static readonly DateOnly FirstDay = new(2024, 1, 1);
    private static readonly DateOnly Today = FirstDay.AddDays(Days);
    private const int Days = 40;

    [Fact]
    public void When_one_of_a_batch_lands_the_others_are_there()
    {
        var forecaster = Batch();
        Assert.InRange(forecaster.TickersWaiting("A", Today), 2.5, 3);
        forecaster.NotYet("A", Today, Minutes(120));
        forecaster.Ended("A", Today, new ArrivalInterval(Minutes(120), Minutes(130)));

        Assert.Equal(["B", "C"], forecaster.Hastened("A", Today).Order(StringComparer.Ordinal));
        Assert.True(forecaster.Law("B", Today).ProbabilityBy(Minutes(130)) > 0.85);
        Assert.Equal(1, forecaster.TickersWaiting("B", Today));
    }

    [Fact]
    public void When_one_of_a_batch_is_not_there_the_others_are_hardly()
    {
        var forecaster = Batch();
        var before = forecaster.Law("B", Today).ProbabilityBy(Minutes(150));

        forecaster.NotYet("A", Today, Minutes(150));

        Assert.True(forecaster.Law("B", Today).ProbabilityBy(Minutes(150)) < before / 3);
        Assert.Empty(forecaster.Hastened("A", Today));
    }

    [Fact]
    public void What_was_not_there_when_the_others_were_has_left_them_today()
    {
        var forecaster = Batch();
        forecaster.Ended("A", Today, new ArrivalInterval(Minutes(100), Minutes(130)));
        forecaster.NotYet("B", Today, Minutes(131));

        var law = forecaster.Law("B", Today);

        Assert.Equal(0, law.ProbabilityBy(Minutes(131)));
        Assert.True(law.ProbabilityBy(Minutes(200)) > 0.3);
        Assert.True(forecaster.Law("C", Today).ProbabilityBy(Minutes(131)) > 0.7, "the batch has landed for the third all the same");
    }

    [Fact]
    public void How_late_the_others_are_today_moves_a_law()
    {
        var forecaster = Group();
        var before = forecaster.Law("T5", Today).Quantile(0.5)!.Value.TotalMinutes;

        for (var i = 0; i < 5; i++)
        {
            forecaster.NotYet($"T{i}", Today, Minutes(100 + (20 * i) + 80));
            forecaster.Ended($"T{i}", Today, new ArrivalInterval(Minutes(100 + (20 * i) + 80), Minutes(100 + (20 * i) + 90)));
        }

        var law = forecaster.Law("T5", Today);
        Assert.InRange(law.Quantile(0.5)!.Value.TotalMinutes, 275, 300);
        Assert.True(law.Quantile(0.5)!.Value.TotalMinutes > before + 20);
    }

    [Fact]
    public void A_ticker_without_company_hears_of_nobody()
    {
        var forecaster = Group();
        var before = forecaster.Law("X", Today).Quantile(0.5);

        forecaster.NotYet("T1", Today, Minutes(400));

        Assert.False(forecaster.HasCompany("X", Today));
        Assert.Equal(before, forecaster.Law("X", Today).Quantile(0.5));
    }

    private static TimeSpan Minutes(double minutes) => TimeSpan.FromMinutes(minutes);

    // Three tickers that landed together every day, between 100 and 190 minutes after the close.
    private static ProviderForecaster Batch()
    {
        var random = new Random(4);
        return Learned(["A", "B", "C"], () => random.Next(10, 19) * 10, (_, drop) => drop);
    }

    // Seven tickers at their own hours, all moved by up to 90 minutes, and one that goes its own way.
    private static ProviderForecaster Group()
    {
        var random = new Random(5);
        return Learned(
            ["T0", "T1", "T2", "T3", "T4", "T5", "T6", "X"], () => random.Next(90),
            (name, shift) => name == "X" ? 500 + random.Next(60) : 100 + (20 * (name[1] - '0')) + shift + random.Next(6));
    }

    private static ProviderForecaster Learned(string[] tickers, Func<int> day, Func<string, int, int> minutes)
    {
        var forecaster = new ProviderForecaster(ArrivalPrior.Unknown(ArrivalLaw.DefaultHorizon), 2);
        for (var number = 0; number <= Days; number++)
        {
            var date = FirstDay.AddDays(number);
            var close = new DateTimeOffset(date, new TimeOnly(20, 0), TimeSpan.Zero);
            forecaster.Open(date, [.. tickers.Select(t => (t, close))]);
            var shared = day();
            foreach (var ticker in number < Days ? tickers : [])
            {
                var at = minutes(ticker, shared);
                forecaster.Ended(ticker, date, new ArrivalInterval(Minutes(at - 10), Minutes(at)));
            }
        }

        foreach (var ticker in tickers)
        {
            forecaster.Planned(ticker, Today);
        }

        return forecaster;
    }
}
