using EodPredict.Forecasting;

namespace EodPredict.Tests.Forecasting;

public sealed class ExpertMixtureTests
{
    private static readonly ArrivalLaw Prior = ArrivalPrior.Unknown(ArrivalLaw.DefaultHorizon);
    private static readonly DateOnly FirstDay = new(2024, 1, 8);

    [Fact]
    public void Without_history_the_law_is_the_prior()
    {
        Assert.Same(Prior, ExpertMixture.Forecast([], FirstDay, Close(FirstDay), Prior));
    }

    [Fact]
    public void A_steady_ticker_is_foretold_tightly()
    {
        var law = After([.. Enumerable.Range(0, 40).Select(i => Day(i, 117 + (i % 5), 15))]);

        Assert.True(law.ProbabilityBy(TimeSpan.FromMinutes(135)) - law.ProbabilityBy(TimeSpan.FromMinutes(100)) > 0.85);
        Assert.True(law.Missing < 0.05);
    }

    [Fact]
    public void A_find_says_that_it_came_before_not_that_it_came_then()
    {
        // Long polled finely, then always found by one late check: what is learned of the arrival must not move to the check.
        var days = Enumerable.Range(0, 40).Select(i => Day(i, 117, 5))
            .Concat(Enumerable.Range(40, 30).Select(i => Past(i, 0, 180)));

        var law = After([.. days]);

        Assert.InRange(law.Quantile(0.5)!.Value.TotalMinutes, 105, 130);
    }

    [Fact]
    public void A_step_is_followed_within_a_few_sessions()
    {
        var days = Enumerable.Range(0, 60).Select(i => Day(i, 117, 15)).Concat(Enumerable.Range(60, 4).Select(i => Day(i, 417, 15)));

        var law = After([.. days]);

        Assert.True(law.ProbabilityBy(TimeSpan.FromMinutes(440)) - law.ProbabilityBy(TimeSpan.FromMinutes(390)) > 0.5);
    }

    [Fact]
    public void A_drift_is_carried_on()
    {
        // Two minutes later each session, give or take some: the next is foretold around today's level, not around what was.
        var law = After([.. Enumerable.Range(0, 80).Select(i => Day(i, 117 + (2 * i) + (i * 7 % 11), 1))]);

        var next = TimeSpan.FromMinutes(117 + (2 * 80) + 5);
        Assert.True(law.ProbabilityBy(next + TimeSpan.FromMinutes(12)) - law.ProbabilityBy(next - TimeSpan.FromMinutes(12)) > 0.7);
    }

    [Fact]
    public void An_old_regime_is_not_forgotten_at_once()
    {
        var days = Enumerable.Range(0, 60).Select(i => Day(i, 117, 15)).Concat(Enumerable.Range(60, 10).Select(i => Day(i, 417, 15)));

        var law = After([.. days]);

        var old = law.ProbabilityBy(TimeSpan.FromMinutes(130)) - law.ProbabilityBy(TimeSpan.FromMinutes(104));
        var unseen = law.ProbabilityBy(TimeSpan.FromMinutes(230)) - law.ProbabilityBy(TimeSpan.FromMinutes(204));
        Assert.True(old > 3 * unseen, $"old {old}, unseen {unseen}");
    }

    [Fact]
    public void What_is_always_found_at_once_may_have_moved_earlier_unseen()
    {
        // After polling, each session is found by one check at 600 minutes for a year: it could be there since long before.
        var polled = Enumerable.Range(0, 30).Select(i => Day(i, 595, 15)).ToArray();
        var blind = polled.Concat(Enumerable.Range(30, 250).Select(i => Past(i, 0, 600))).ToArray();
        var looked = polled.Concat(Enumerable.Range(30, 250).Select(i => Past(i, 585, 600))).ToArray();

        var half = TimeSpan.FromMinutes(300);

        Assert.True(After(blind).ProbabilityBy(half) > 0.02);
        Assert.True(After(blind).ProbabilityBy(half) > 5 * After(looked).ProbabilityBy(half));
    }

    [Fact]
    public void Where_it_was_looked_for_in_vain_for_a_year_it_is_hardly_looked_for_again()
    {
        // Eight that land together pay for a look at half the time from one chance in 240 on: 300 minutes at a tenth, eight times.
        var half = TimeSpan.FromMinutes(300);
        var law = After([.. Enumerable.Range(0, 250).Select(i => Past(i, 585, 600))]);

        Assert.InRange(law.ProbabilityBy(half), 0.0001, 1 / 240.0 / 3);
    }

    [Fact]
    public void Sessions_that_never_arrived_raise_the_missing_share()
    {
        var days = Enumerable.Range(0, 20).Select(i => i % 2 == 0 ? Day(i, 117, 15) : new PastArrival(FirstDay.AddDays(i), Close(FirstDay.AddDays(i)), new(ArrivalLaw.DefaultHorizon, null)));

        Assert.InRange(After([.. days]).Missing, 0.2, 0.8);
    }

    [Fact]
    public void A_provider_that_keeps_a_european_clock_is_expected_an_hour_earlier_in_utc_when_summer_comes()
    {
        // The close stands at a fixed UTC hour; the provider publishes at 09:00 in Berlin; two changes have taught which clock it keeps.
        var berlin = new DateOnly(2023, 3, 1);
        var days = Enumerable.Range(0, 394).Select(i => berlin.AddDays(i)).Where(d => d < new DateOnly(2024, 3, 31)).ToArray();
        var past = days.Select(d => Past(d, IsSummer(d) ? 415 : 475, IsSummer(d) ? 425 : 485)).ToArray();
        var day = new DateOnly(2024, 3, 31);

        var law = ExpertMixture.Forecast(past, day, Close(day), Prior);

        var hourEarlier = law.ProbabilityBy(TimeSpan.FromMinutes(430)) - law.ProbabilityBy(TimeSpan.FromMinutes(410));
        var asBefore = law.ProbabilityBy(TimeSpan.FromMinutes(490)) - law.ProbabilityBy(TimeSpan.FromMinutes(470));
        Assert.True(hourEarlier > 2 * asBefore, $"an hour earlier {hourEarlier}, as before {asBefore}");

        // The offset in force at the arrival counts, so the night of the change belongs to the new time.
        static bool IsSummer(DateOnly d) => d >= new DateOnly(2023, 3, 26) && d < new DateOnly(2023, 10, 29);
    }

    [Fact]
    public void Learning_session_by_session_gives_the_law_of_the_whole_history()
    {
        var days = Enumerable.Range(0, 30).Select(i => Day(i, 100 + (7 * i % 11), 15)).ToArray();
        var mixture = new ExpertMixture(Prior);
        foreach (var day in days)
        {
            mixture.Learn(day);
        }

        var next = FirstDay.AddDays(30);
        var whole = ExpertMixture.Forecast(days, next, Close(next), Prior);

        Assert.Equal(whole.Scores(TimeSpan.FromMinutes(10)), mixture.Forecast(next, Close(next)).Scores(TimeSpan.FromMinutes(10)));
    }

    private static ArrivalLaw After(PastArrival[] past)
    {
        var next = past[^1].SessionDate.AddDays(1);
        return ExpertMixture.Forecast(past, next, Close(next), Prior);
    }

    private static DateTimeOffset Close(DateOnly day) => new(day, new TimeOnly(0, 0), TimeSpan.Zero);

    // What polling at this gap would have seen of an arrival.
    private static PastArrival Day(int i, double arrival, double gap)
    {
        var by = Math.Ceiling(arrival / gap) * gap;
        return Past(i, by - gap, by);
    }

    private static PastArrival Past(int i, double after, double by) => Past(FirstDay.AddDays(i), after, by);

    private static PastArrival Past(DateOnly day, double after, double by) =>
        new(day, Close(day), new ArrivalInterval(TimeSpan.FromMinutes(after), TimeSpan.FromMinutes(by)));
}
