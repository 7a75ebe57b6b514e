using EodPredict.Forecasting;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace EodPredict.Tests.Forecasting;

public sealed class ArrivalLawTests
{
    private static readonly ArrivalLaw Law = new([0, 60, 90, 240], [1, 2, 1], 1);

    [Fact]
    public void Probability_is_spread_evenly_inside_a_window()
    {
        Assert.Equal(0.2, Law.ProbabilityBy(TimeSpan.FromMinutes(60)), 12);
        Assert.Equal(0.4, Law.ProbabilityBy(TimeSpan.FromMinutes(75)), 12);
        Assert.Equal(0.8, Law.ProbabilityBy(TimeSpan.FromDays(9)), 12);
        Assert.Equal(0, Law.ProbabilityBy(TimeSpan.Zero), 12);
        Assert.Equal(0.2, Law.Missing, 12);
    }

    [Fact]
    public void A_quantile_beyond_the_horizon_is_unknown()
    {
        Assert.Equal(TimeSpan.FromMinutes(75), Law.Quantile(0.4));
        Assert.Null(Law.Quantile(0.81));
        Assert.Throws<ArgumentOutOfRangeException>(() => Law.Quantile(1.1));
    }

    [Fact]
    public void A_law_that_is_cut_keeps_its_shape()
    {
        var cut = Law.GivenNotBy(TimeSpan.FromMinutes(75));

        Assert.Equal(0, cut.ProbabilityBy(TimeSpan.FromMinutes(75)));
        Assert.Equal(0.2 / 0.6, cut.ProbabilityBy(TimeSpan.FromMinutes(90)), 12);
        Assert.Equal(0.2 / 0.6, cut.Missing, 12);
    }

    [Fact]
    public void A_law_that_was_wrong_becomes_broad()
    {
        var sure = new ArrivalLaw([0, 10, 20, 2880], [0, 1, 0], 0);

        var cut = sure.GivenNotBy(TimeSpan.FromMinutes(30));

        Assert.InRange(cut.ProbabilityBy(TimeSpan.FromMinutes(90)), 0.05, 0.5);
        Assert.InRange(cut.Missing, 0.01, 0.5);
    }

    [Fact]
    public void Behind_the_horizon_only_missing_is_left()
    {
        Assert.Equal(1, Law.GivenNotBy(TimeSpan.FromMinutes(240)).Missing);
        Assert.Equal(1, Law.GivenNotBy(TimeSpan.FromDays(3)).Missing);
    }

    [Fact]
    public void A_signal_that_misses_leaves_some_of_what_came_before()
    {
        var cut = Law.GivenSignalNotBy(TimeSpan.FromMinutes(90), 0.5);

        Assert.Equal(0.3 / 0.7, cut.ProbabilityBy(TimeSpan.FromMinutes(90)), 12);
        Assert.Equal(0, Law.GivenSignalNotBy(TimeSpan.FromMinutes(90), 0).ProbabilityBy(TimeSpan.FromMinutes(90)));
    }

    [Fact]
    public void Scores_cover_the_horizon_and_sum_to_the_share_that_arrives()
    {
        var scores = Law.Scores(TimeSpan.FromMinutes(50));

        Assert.Equal(5, scores.Count);
        Assert.Equal(TimeSpan.FromMinutes(240), scores[^1].To);
        Assert.Equal(0.8, scores.Sum(s => s.Probability), 12);
    }

    [Fact]
    public void The_mean_within_a_range_weighs_by_probability()
    {
        Assert.Equal(75, Law.MeanWithin(TimeSpan.FromMinutes(60), TimeSpan.FromMinutes(90))!.Value.TotalMinutes, 6);
        Assert.Null(Law.MeanWithin(TimeSpan.FromMinutes(250), TimeSpan.FromMinutes(260)));
    }

    [Fact]
    public void The_log_score_is_of_the_interval_and_never_infinite()
    {
        Assert.Equal(-Math.Log(0.4), Law.LogScore(new ArrivalInterval(TimeSpan.FromMinutes(60), TimeSpan.FromMinutes(90))), 12);
        Assert.Equal(-Math.Log(0.2), Law.LogScore(new ArrivalInterval(TimeSpan.FromMinutes(240), null)), 12);
        Assert.True(double.IsFinite(Law.LogScore(new ArrivalInterval(TimeSpan.FromMinutes(300), TimeSpan.FromMinutes(400)))));
    }

    [Fact]
    public void Windows_that_do_not_increase_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new ArrivalLaw([0, 10, 10], [1, 1], 0));
        Assert.Throws<ArgumentException>(() => new ArrivalLaw([0, 10], [-1], 0));
        Assert.Throws<ArgumentException>(() => new ArrivalLaw([0, 10], [0], 0));
        Assert.Throws<ArgumentException>(() => new ArrivalLaw([0, 10], [double.NaN], 0));
    }

    [Property]
    public Property Minutes_get_what_the_law_gives_them() =>
        Prop.ForAll(Gen.Choose(0, 100).ArrayOf(12).Where(w => w.Any(x => x > 0)).ToArbitrary(), Gen.Choose(0, 9).ToArbitrary(), (weights, start) =>
        {
            var law = new ArrivalLaw(
                [.. Enumerable.Range(0, 13).Select(i => (start / 3.0) + (i * (i + 1.7)))], [.. weights.Select(w => (double)w)], 3);
            var minutes = new double[(int)Math.Ceiling(law.Horizon.TotalMinutes)];
            law.AddTo(minutes, 0.5);
            return minutes.Index().All(minute =>
                Math.Abs(minute.Item - (0.5 * (law.Cumulative(minute.Index + 1) - law.Cumulative(minute.Index)))) < 1e-12);
        });

    [Property]
    public Property A_quantile_and_its_probability_belong_together() =>
        Prop.ForAll(Gen.Choose(0, 100).ArrayOf(12).Where(w => w.Any(x => x > 0)).ToArbitrary(), Gen.Choose(1, 99).ToArbitrary(), (weights, percent) =>
        {
            var law = new ArrivalLaw([.. Enumerable.Range(0, 13).Select(i => i * (i + 1.0))], [.. weights.Select(w => (double)w)], 0);
            var at = law.Quantile(percent / 100.0)!.Value;
            return Math.Abs(law.ProbabilityBy(at) - (percent / 100.0)) < 1e-6;
        });
}
