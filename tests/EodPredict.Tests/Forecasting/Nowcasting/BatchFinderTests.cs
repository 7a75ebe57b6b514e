using EodPredict.Forecasting;
using EodPredict.Forecasting.Nowcasting;

namespace EodPredict.Tests.Forecasting.Nowcasting;

public sealed class BatchFinderTests
{
    private static readonly ArrivalLaw Prior = ArrivalPrior.Unknown(ArrivalLaw.DefaultHorizon);
    private static readonly DateOnly FirstDay = new(2024, 1, 1);

    [Fact]
    public void Tickers_that_came_in_the_same_intervals_are_a_batch()
    {
        var random = new Random(1);
        var drops = Enumerable.Range(0, 30).Select(_ => random.Next(20, 60)).ToArray();
        var (one, two, other) = (Series("A", drops), Series("B", drops), Series("C", [.. drops.Select(_ => random.Next(20, 60))]));

        var found = BatchFinder.Find([], [one, two, other]);

        Assert.Equal(["A", "B"], Assert.Single(found).Select(s => s.Name));
    }

    [Fact]
    public void Two_tickers_that_never_vary_are_told_apart_by_nothing_and_stay_alone()
    {
        // Each one's own law explains what is seen as well as a common drop does.
        var steady = Enumerable.Repeat(30, 40).ToArray();
        var learned = new[] { Series("A", steady, 0.99), Series("B", steady, 0.99) };

        Assert.Empty(BatchFinder.Find([], learned));
    }

    [Fact]
    public void Tickers_that_are_only_late_together_are_no_batch()
    {
        // They come in the same interval more often than not, and else in the one beside it.
        var random = new Random(6);
        var days = Enumerable.Range(0, 60).Select(_ => random.Next(20, 60)).ToArray();
        var near = days.Select(d => d + random.Next(3) / 2).ToArray();

        Assert.Empty(BatchFinder.Find([], [Series("A", days), Series("B", near)]));
    }

    [Fact]
    public void A_ticker_that_misses_its_batch_now_and_then_by_hours_is_part_of_it()
    {
        var random = new Random(7);
        var drops = Enumerable.Range(0, 60).Select(_ => random.Next(20, 60)).ToArray();
        var other = drops.Select((d, i) => i % 5 == 0 ? d + 48 : d).ToArray();

        Assert.Single(BatchFinder.Find([], [Series("A", drops), Series("B", other)]));
    }

    [Theory]
    [InlineData(0, 30, 10, 30, 1)]
    [InlineData(15, 30, 10, 30, 0.75)]
    [InlineData(30, 45, 10, 30, 0)]
    public void The_overlap_is_the_part_of_the_others_interval(int after, int by, int othersAfter, int othersBy, double part)
    {
        Assert.Equal(part, BatchFinder.Overlap(Interval(after, by), Interval(othersAfter, othersBy)), 12);
    }

    [Fact]
    public void Intervals_meet_in_what_they_share_and_else_in_the_first()
    {
        Assert.Equal(Interval(15, 30), BatchFinder.Meet(Interval(0, 30), Interval(15, 45)));
        Assert.Equal(Interval(0, 10), BatchFinder.Meet(Interval(0, 10), Interval(15, 45)));
    }

    private static ArrivalInterval Interval(int after, int by) => new(TimeSpan.FromMinutes(after), TimeSpan.FromMinutes(by));

    // Polled every 5 minutes; its own law had given the same probability to each outcome.
    private static ArrivalSeries Series(string name, int[] polls, double alone = 0.05)
    {
        var series = new ArrivalSeries(name, Prior);
        for (var i = 0; i < polls.Length; i++)
        {
            var close = new DateTimeOffset(FirstDay.AddDays(i), new TimeOnly(20, 0), TimeSpan.Zero);
            var past = new PastArrival(FirstDay.AddDays(i), close, Interval(5 * (polls[i] - 1), 5 * polls[i]));
            series.Settle(new SettledSession(past, 5 * polls[i], alone));
        }

        return series;
    }
}
