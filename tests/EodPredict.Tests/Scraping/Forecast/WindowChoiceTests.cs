using System.Globalization;
using EodPredict.Scraping.Forecast;
using FsCheck.Xunit;
using Xunit.Abstractions;

namespace EodPredict.Tests.Scraping.Forecast;

public sealed class WindowChoiceTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset Now = LimitDays.First.AddDays(14).AddHours(8);

    [Fact]
    public void A_job_waits_for_the_hours_that_bear_most()
    {
        var plan = Plan(new LimitDays(15, 1).Outlook(14), 200_000, Now.AddHours(22));

        Assert.InRange(plan.StartsAt, Now.AddHours(13), Now.AddHours(17));
        Assert.Equal(plan.StartsAt, plan.Windows[0]);
        Assert.StartsWith("Starts at 2", plan.Because, StringComparison.Ordinal);
    }

    [Fact]
    public void What_needs_the_whole_time_is_sent_at_once() => Assert.Contains(
        "every window", Plan(new LimitDays(15, 1).Outlook(14), 2_500_000, Now.AddHours(16)).Because, StringComparison.Ordinal);

    [Fact]
    public void Where_too_little_is_known_it_is_sent_at_once_and_says_so()
    {
        var plan = Plan(new LimitDays(15, 1).Outlook(2), 1000, Now.AddHours(20));

        Assert.Equal(Now, plan.StartsAt);
        Assert.Contains("too little is known", plan.Because, StringComparison.Ordinal);
        Assert.Equal(Now, Plan(new LimitOutlook(Now, [], null, null), 1000, null).StartsAt);
    }

    [Fact]
    public void Where_nothing_is_better_it_is_sent_at_once()
    {
        var seen = Enumerable.Range(0, 14 * 96).Select(i => LimitDays.Touched(LimitDays.First + (i * LimitWindow.Length), 50));
        var even = new LimitOutlook(Now, [.. seen], null, null);

        Assert.Contains("no other windows", Plan(even, 10_000, Now.AddHours(20)).Because, StringComparison.Ordinal);
    }

    [Fact]
    public void Once_its_time_is_over_it_is_sent_at_once() =>
        Assert.Equal(Now, Plan(new LimitDays(15, 1).Outlook(14), 1000, Now.AddMinutes(-1)).StartsAt);

    [Fact]
    public void A_pace_that_is_bounded_below_every_limit_makes_all_windows_alike() =>
        Assert.Contains("no other windows", WindowChoice.Of(
            new LimitDays(15, 1).Outlook(14), Now, 1000, Now.AddHours(20), 5, 1).Because, StringComparison.Ordinal);

    [Property(MaxTest = 100)]
    public void Windows_lie_before_the_end_rise_and_surely_bear_the_work(int seed, byte hours, ushort items)
    {
        var outlook = new LimitDays(14, seed).Outlook(14);
        var (end, wanted) = (Now.AddHours(1 + (hours % 72)), items * 10);
        var plan = Plan(outlook, wanted, end);

        Assert.All(plan.Windows, window => Assert.InRange(window, LimitWindow.Begin(Now), end.AddTicks(-1)));
        Assert.Equal(plan.Windows.Order().Distinct(), plan.Windows);
        Assert.InRange(plan.StartsAt, Now, end);
        if (plan.StartsAt > Now)
        {
            var surely = outlook.Between(plan.StartsAt, end).Sum(window => window.Low * Math.Min(900, (end - window.Begin).TotalSeconds));
            Assert.True(surely >= wanted, $"{surely} of {wanted}");
        }
    }

    // The plan is made anew each window by what was seen meanwhile, as the service does.
    [Fact]
    public void What_is_sent_in_the_chosen_windows_is_nearly_the_most_that_as_many_could_bear()
    {
        var (regrets, after, times, errors) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var seed = 1; seed <= 10; seed++)
        {
            var days = new LimitDays(16, seed);
            var (done, late, chosen) = Live(days, 300_000, Now.AddHours(24));
            regrets.Add(Regret(chosen, days.Usual));
            after.Add(Regret(chosen, days.At));
            times.Add(done / Ideal(days, 300_000));
            var outlook = days.Outlook(14);
            errors.Add(Enumerable.Range(0, 96).Select(i => LimitDays.First.AddDays(14) + (i * LimitWindow.Length))
                .Average(at => Math.Abs((outlook.Of(at)!.Rate / days.At(at)) - 1)));
            Assert.False(late);
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"regret of windows {regrets.Average():0.0000} (worst {regrets.Max():0.0000}), against the best in hindsight "
            + $"{after.Average():0.0000} (worst {after.Max():0.0000}), sending time / ideal {times.Average():0.0000} "
            + $"(worst {times.Max():0.0000}), MAE a day ahead {errors.Average():0.0000}"));
        Assert.InRange(regrets.Average(), -1e-9, 0.03);
        Assert.InRange(times.Average(), 1, 1.06);
        Assert.InRange(errors.Average(), 0, 0.05);
    }

    [Fact]
    public void A_night_that_is_worse_than_ever_is_noticed_and_the_job_is_done_in_time()
    {
        var days = new LimitDays(16, 1, (day, hour) => (day == 14 && hour >= 20) || day == 15 ? 0.6 : 1);
        Assert.False(Live(days, 300_000, Now.AddHours(24)).Late);
    }

    // What was sent in the chosen windows, against the most that as many could have borne.
    private static double Regret(List<DateTimeOffset> chosen, Func<DateTimeOffset, double> rate) => 1 - (chosen.Sum(rate)
        / Enumerable.Range(0, 96).Select(i => rate(Now + (i * LimitWindow.Length))).OrderDescending().Take(chosen.Count).Sum());

    private static WindowPlan Plan(LimitOutlook outlook, long items, DateTimeOffset? finishBy) =>
        WindowChoice.Of(outlook, Now, items, finishBy, double.PositiveInfinity, 1);

    // Each window in which is sent is seen; the others are not.
    private static (double Seconds, bool Late, List<DateTimeOffset> Chosen) Live(LimitDays days, double items, DateTimeOffset end)
    {
        var (seen, seconds, chosen) = (days.Seen(14), 0.0, new List<DateTimeOffset>());
        var at = Now;
        for (; items > 0; at += LimitWindow.Length)
        {
            var outlook = new LimitOutlook(at, seen, null, null);
            if (WindowChoice.Of(outlook, at, (long)Math.Ceiling(items), end, double.PositiveInfinity, 1).StartsAt > at)
            {
                continue;
            }

            var served = Math.Min(items, days.At(at) * 900);
            (items, seconds) = (items - served, seconds + (served / days.At(at)));
            chosen.Add(at);
            seen.Add(LimitDays.Touched(at, days.At(at)));
        }

        return (seconds, at > end, chosen);
    }

    // In the best windows, which nobody knows.
    private static double Ideal(LimitDays days, double items)
    {
        var seconds = 0.0;
        foreach (var rate in Enumerable.Range(0, 96).Select(i => days.At(Now + (i * LimitWindow.Length))).OrderDescending())
        {
            var served = Math.Min(items, rate * 900);
            (items, seconds) = (items - served, seconds + (served / rate));
        }

        return seconds;
    }
}
