using EodPredict.Forecasting;
using EodPredict.Forecasting.Nowcasting;

namespace EodPredict.Tests.Forecasting.Nowcasting;

public sealed class ProviderForecasterTests
{
    private static readonly DateOnly FirstDay = new(2024, 1, 1);
    private static readonly DateOnly Today = FirstDay.AddDays(Days);
    private static readonly string[] Drop = ["A", "B", "C"];
    private const int Days = 40;

    [Fact]
    public void When_one_of_a_batch_lands_the_others_are_there()
    {
        var forecaster = Batch();
        var asked = Asked(forecaster);
        Assert.InRange(forecaster.TickersWaiting(asked, Today), 2.5, 3);
        forecaster.NotYet(asked, Today, Minutes(120));
        forecaster.Ended(asked, Today, new ArrivalInterval(Minutes(120), Minutes(130)));

        string[] others = [.. Drop.Where(t => t != asked)];
        Assert.Equal(others, forecaster.Hastened(asked, Today).Order(StringComparer.Ordinal));
        Assert.All(others, t => Assert.True(forecaster.Law(t, Today).ProbabilityBy(Minutes(130)) > 0.85));
        Assert.All(others, t => Assert.Equal(1, forecaster.TickersWaiting(t, Today)));
    }

    [Fact]
    public void When_one_of_a_batch_is_not_there_the_others_are_hardly()
    {
        var forecaster = Batch();
        var (asked, other) = (Asked(forecaster), Drop.First(t => t != Asked(forecaster)));
        var before = forecaster.Law(other, Today).ProbabilityBy(Minutes(150));

        forecaster.NotYet(asked, Today, Minutes(150));

        Assert.True(forecaster.Law(other, Today).ProbabilityBy(Minutes(150)) < before / 3);
    }

    [Fact]
    public void Each_of_a_batch_is_asked_in_its_turn()
    {
        var forecaster = Batch();
        var asked = new List<string>();
        for (var minute = 120; minute < 123; minute++)
        {
            asked.Add(Asked(forecaster));
            forecaster.NotYet(asked[^1], Today, Minutes(minute));
            forecaster.Planned(asked[^1], Today);
            Assert.Equal([Asked(forecaster)], forecaster.Hastened(asked[^1], Today));
            forecaster.Planned(Asked(forecaster), Today);
        }

        Assert.Equal(Drop, asked.Order(StringComparer.Ordinal));
        Assert.Equal(asked[0], Asked(forecaster));
        forecaster.Open(Today.AddDays(1), [.. Drop.Select(t => (t, Close(Today.AddDays(1))))]);
        Assert.NotEqual(asked[0], Asked(forecaster, Today.AddDays(1)));
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

    private static string Asked(ProviderForecaster forecaster, DateOnly? date = null) =>
        Assert.Single(Drop, t => forecaster.TickersWaiting(t, date ?? Today) > 1);

    private static DateTimeOffset Close(DateOnly date) => new(date, new TimeOnly(20, 0), TimeSpan.Zero);

    private static TimeSpan Minutes(double minutes) => TimeSpan.FromMinutes(minutes);

    // Three tickers that landed together every day, between 100 and 190 minutes after the close.
    private static ProviderForecaster Batch()
    {
        var random = new Random(4);
        return Learned(Drop, () => random.Next(10, 19) * 10, (_, drop) => drop);
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
            forecaster.Open(date, [.. tickers.Select(t => (t, Close(date)))]);
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
