using EodPredict.Scraping.Forecast;

namespace EodPredict.Tests.Scraping.Forecast;

public sealed class LimitProfileTests
{
    private static readonly DateTimeOffset Now = LimitDays.First.AddDays(14);

    [Fact]
    public void A_daily_shape_of_fourteen_days_is_foretold_to_a_few_percent()
    {
        for (var seed = 1; seed <= 5; seed++)
        {
            var days = new LimitDays(15, seed);
            var profile = LimitProfile.Of(days.Seen(14), Now)!;
            var errors = Enumerable.Range(0, LimitWindow.ADay).Select(i => Now + (i * LimitWindow.Length))
                .Select(at => Math.Abs(profile.Law(at).Mean - Math.Log(days.At(at)))).ToList();
            Assert.InRange(errors.Average(), 0, 0.05);
        }
    }

    [Fact]
    public void Its_doubt_is_neither_too_small_nor_too_large()
    {
        var inside = 0;
        for (var seed = 1; seed <= 10; seed++)
        {
            var days = new LimitDays(15, seed);
            var profile = LimitProfile.Of(days.Seen(14), Now)!;
            inside += Enumerable.Range(0, LimitWindow.ADay).Select(i => Now + (i * LimitWindow.Length)).Count(at =>
                profile.Law(at).ProbabilityBelow(Math.Log(days.At(at))) is > 0.1 and < 0.9);
        }

        Assert.InRange(inside / 960.0, 0.6, 0.97);
    }

    [Fact]
    public void A_window_that_was_never_seen_is_near_the_level_and_less_sure()
    {
        var nights = LimitProfile.Of(new LimitDays(14, 1).Seen(14, (_, hour) => hour is < 4), Now)!;
        Assert.InRange(nights.Law(Now.AddHours(12)).Mean, nights.Level - 0.3, nights.Level + 0.3);
        Assert.True(nights.Law(Now.AddHours(12)).Deviation > 2 * nights.Law(Now.AddHours(2)).Deviation);
    }

    [Fact]
    public void A_bound_below_what_is_expected_teaches_nothing_and_one_above_it_does()
    {
        var seen = new LimitDays(14, 1).Seen(14);
        var plain = LimitProfile.Of(seen, Now)!.Law(Now);
        Assert.Equal(plain, LimitProfile.Of([.. seen[..^1], LimitDays.AtLeast(seen[^1].Begin, 1), seen[^1]], Now)!.Law(Now));

        var higher = LimitProfile.Of(
            [.. seen[..^4], .. Enumerable.Range(0, 4).Select(i => LimitDays.AtLeast(Now - (4 - i) * LimitWindow.Length, 90))], Now)!;
        Assert.True(higher.Law(Now).Mean > plain.Mean + 0.1);
    }

    [Fact]
    public void One_day_out_of_line_moves_a_later_day_little()
    {
        var usual = LimitProfile.Of(new LimitDays(14, 1).Seen(14), Now)!;
        var odd = LimitProfile.Of(new LimitDays(14, 1, (day, _) => day == 8 ? 0.3 : 1).Seen(14), Now)!;
        Assert.InRange(odd.Law(Now.AddHours(12)).Mean - usual.Law(Now.AddHours(12)).Mean, -0.05, 0.05);
    }

    [Fact]
    public void The_last_windows_move_those_that_follow_soon()
    {
        var today = LimitProfile.Of(new LimitDays(14, 1, (day, hour) => day == 13 && hour >= 22 ? 0.5 : 1).Seen(14), Now)!;
        var usual = LimitProfile.Of(new LimitDays(14, 1).Seen(14), Now)!;
        Assert.InRange(Math.Exp(today.Law(Now).Mean - usual.Law(Now).Mean), 0.4, 0.7);
    }

    [Fact]
    public void What_begins_later_is_not_looked_at_and_of_bounds_alone_there_is_no_profile()
    {
        var days = new LimitDays(15, 1);
        Assert.Equal(LimitProfile.Of(days.Seen(14), Now)!.Law(Now), LimitProfile.Of(days.Seen(15), Now)!.Law(Now));
        Assert.Null(LimitProfile.Of([LimitDays.AtLeast(Now.AddDays(-1), 5)], Now));
    }

    [Fact]
    public void Without_trees_the_profile_serves_then_the_last_rate_then_nothing()
    {
        var outlook = new LimitDays(14, 1).Outlook(14);
        Assert.Equal(LimitSource.Profile, outlook.Of(Now)!.Source);
        Assert.True(outlook.TellsWindows && outlook.Of(Now) is { } sure && sure.Low < sure.Rate && sure.Rate < sure.High);

        var last = new LimitOutlook(Now, [], null, 20);
        Assert.Equal((LimitSource.LastRate, 20), (last.Of(Now)!.Source, Math.Round(last.Of(Now)!.Rate)));
        Assert.Equal(20, new PaceForecast(last).Start(Now)!.Value, 1e-9);
        Assert.Null(new LimitOutlook(Now, [], null, null).Of(Now));
        Assert.Null(new PaceForecast(new LimitOutlook(Now, [], null, null)).Start(Now));
    }

    [Fact]
    public void A_turn_of_the_window_tells_the_step_of_the_forecast_once()
    {
        var outlook = new LimitOutlook(Now, new LimitDays(14, 1, (_, hour) => hour < 12 ? 1 : 0.5).Seen(14), null, null);
        var pace = new PaceForecast(outlook);
        Assert.NotNull(pace.Start(Now.AddHours(11.9)));
        Assert.Null(pace.Turn(Now.AddHours(11.99)));
        Assert.InRange(pace.Turn(Now.AddHours(12))!.Value, 0.45, 0.65);
        Assert.Null(pace.Turn(Now.AddHours(12.01)));
    }
}
