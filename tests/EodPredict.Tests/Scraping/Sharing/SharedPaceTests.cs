using EodPredict.Scraping.Limit;
using EodPredict.Scraping.Sharing;

namespace EodPredict.Tests.Scraping.Sharing;

/// <summary>A participant that follows a plan of another's: 10 slots a second, every second one its own, from 1.0 s on.</summary>
public sealed class SharedPaceTests
{
    private static readonly Participant Self = new(1, 1);
    private static readonly Participant Leader = new(2, 2);

    [Fact]
    public void A_plan_that_is_known_before_it_begins_is_kept_from_its_first_slot_on()
    {
        var pace = Following(inFlight: 4, heardAt: 0.5);

        Assert.Equal(1.1, Asked(pace, 0.6), 3);
        Assert.True(pace.Ask(At(1.1)).Send);
    }

    [Fact]
    public void A_slot_that_was_missed_is_lost()
    {
        var pace = Following(inFlight: 4, heardAt: 0.5);

        Assert.Equal(1.3, Asked(pace, 1.15), 3);
    }

    [Fact]
    public void A_slot_that_waited_for_a_reply_is_used_when_it_comes()
    {
        var pace = Following(inFlight: 1, heardAt: 0.5);
        pace.Ask(At(1.1));
        pace.Sent(At(1.1));

        Assert.False(pace.Ask(At(1.301)).Send);
        pace.Finished(new(At(1.1), At(1.35), 0, AttemptOutcome.Accepted));

        Assert.True(pace.Ask(At(1.35)).Send);
    }

    private static SharedPace Following(int inFlight, double heardAt)
    {
        var pace = new SharedPace(Self, new());
        var plan = new SharePlan
        {
            Number = 1,
            Begins = At(1).Ticks,
            From = At(1).Ticks,
            Spacing = 0.1,
            Members = [new(Leader, inFlight), new(Self, inFlight)],
            Owners = [0, 1],
            Rate = 10,
        };
        pace.Exchange(At(heardAt));
        pace.Answered(new(At(heardAt).Ticks, Leader, At(9).Ticks, plan, []), At(heardAt));
        return pace;
    }

    private static double Asked(SharedPace pace, double at)
    {
        var advice = pace.Ask(At(at));
        Assert.False(advice.Send);
        return advice.AskAgain.TotalSeconds;
    }

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);
}
