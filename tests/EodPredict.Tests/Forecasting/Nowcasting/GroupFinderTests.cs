using EodPredict.Forecasting;
using EodPredict.Forecasting.Nowcasting;

namespace EodPredict.Tests.Forecasting.Nowcasting;

public sealed class GroupFinderTests
{
    private static readonly ArrivalLaw Prior = ArrivalPrior.Unknown(ArrivalLaw.DefaultHorizon);
    private static readonly DateOnly FirstDay = new(2024, 1, 1);

    [Fact]
    public void Series_that_are_late_together_are_grouped_whatever_their_hour()
    {
        var random = new Random(2);
        var (east, west) = (Shifts(random), Shifts(random));
        ArrivalSeries[] all =
        [
            .. Enumerable.Range(0, 5).Select(i => Series($"E{i}", [.. east.Select(s => 100 + (40 * i) + s + random.Next(10))])),
            .. Enumerable.Range(0, 5).Select(i => Series($"W{i}", [.. west.Select(s => 300 + (15 * i) + s + random.Next(10))])),
        ];

        var groups = GroupFinder.Find(all).Select(g => string.Join(' ', g.Select(s => s.Name))).Order(StringComparer.Ordinal);

        Assert.Equal(["E0 E1 E2 E3 E4", "W0 W1 W2 W3 W4"], groups);
    }

    [Fact]
    public void Series_that_have_nothing_to_do_with_each_other_are_not_grouped()
    {
        var random = new Random(3);
        var all = Enumerable.Range(0, 12).Select(i => Series($"T{i:00}", [.. Shifts(random).Select(s => 100 + s)])).ToArray();

        Assert.Empty(GroupFinder.Find(all));
    }

    [Fact]
    public void Schedules_that_each_drift_over_the_year_are_not_grouped_for_that()
    {
        var random = new Random(4);
        var all = Enumerable.Range(0, 6)
            .Select(i => Series($"T{i}", [.. Enumerable.Range(0, 200).Select(day => 100 + day + random.Next(20))])).ToArray();

        Assert.Empty(GroupFinder.Find(all));
    }

    private static int[] Shifts(Random random) => [.. Enumerable.Range(0, 60).Select(_ => random.Next(60))];

    private static ArrivalSeries Series(string name, int[] minutes)
    {
        var series = new ArrivalSeries(name, Prior);
        for (var i = 0; i < minutes.Length; i++)
        {
            var close = new DateTimeOffset(FirstDay.AddDays(i), new TimeOnly(20, 0), TimeSpan.Zero);
            var interval = new ArrivalInterval(TimeSpan.FromMinutes(minutes[i] - 5), TimeSpan.FromMinutes(minutes[i] + 5));
            series.Settle(new SettledSession(new PastArrival(FirstDay.AddDays(i), close, interval), minutes[i], 0.1));
        }

        return series;
    }
}
