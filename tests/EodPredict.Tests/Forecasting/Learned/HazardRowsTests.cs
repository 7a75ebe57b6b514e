using EodPredict.Forecasting;
using EodPredict.Forecasting.Learned;

namespace EodPredict.Tests.Forecasting.Learned;

public sealed class HazardRowsTests
{
    [Fact]
    public void An_arrival_in_one_window_is_a_row_for_each_window_up_to_it()
    {
        var rows = HazardRows.Of([Example(HazardScale.Edges[4], HazardScale.Edges[5])], null);
        Assert.Equal(5, rows.Count);
        Assert.Equal([0f, 0, 0, 0, 1], rows.Labels.ToArray());
        Assert.All(rows.Weights.ToArray(), weight => Assert.Equal(1f, weight, 1e-6f));
        Assert.Equal([0f, 1, 2, 3, 4], Enumerable.Range(0, 5).Select(row => rows.Row(row)[SessionFeatures.SessionCount]).ToArray());
    }

    [Fact]
    public void An_interval_is_spread_over_its_windows_by_what_is_believed()
    {
        var rows = HazardRows.Of([Example(0, HazardScale.Edges[2])], null);
        Assert.Equal(2, rows.Count);
        // By the expert law, 1 : 1 - hazard.
        var first = 1 / (2 - HazardScale.Hazard);
        Assert.Equal(first, rows.Labels[0], 1e-5);
        Assert.Equal(1 - first, rows.Weight(1), 1e-5);
        Assert.Equal(1, rows.Labels[1], 1e-5);
    }

    [Fact]
    public void What_never_came_reached_every_window()
    {
        var rows = HazardRows.Of([Example(1, 1)], null);
        Assert.Equal(HazardScale.Windows, rows.Count);
        Assert.All(rows.Labels.ToArray(), label => Assert.Equal(0, label));
    }

    [Fact]
    public void An_interval_to_which_the_law_gave_nothing_counts_where_it_lies()
    {
        var rows = HazardRows.Of([Example(0.5, 0.5)], null);
        Assert.Equal(1f, rows.Labels[^1]);
        Assert.Equal(HazardScale.Edges.ToArray().Count(edge => edge <= 0.5), rows.Count);
    }

    internal static LearnedExample Example(double after, double by) => new()
    {
        SessionDate = LearnedDays.First,
        Close = new DateTimeOffset(LearnedDays.First, new TimeOnly(21, 0), TimeSpan.Zero),
        Features = new float[SessionFeatures.SessionCount],
        Middles = HazardScale.Middles(ArrivalPrior.Unknown(TimeSpan.FromHours(48))),
        After = after,
        By = by,
    };
}
