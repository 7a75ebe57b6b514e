using EodPredict.Scraping.Sharing;
using FsCheck.Xunit;

namespace EodPredict.Tests.Scraping.Sharing;

public sealed class SharePlanTests
{
    [Property]
    public bool No_slot_has_two_owners_and_all_are_a_spacing_apart(byte members, ushort pace, byte seconds)
    {
        var plan = Plan((members % 9) + 1, pace + 1, 0);
        var until = TimeSpan.FromSeconds(Math.Min(seconds % 5, 500.0 / (pace + 1))).Ticks;
        List<long> slots = [];
        foreach (var who in plan.Participants)
        {
            for (var slot = plan.SlotAfter(who, -1); slot <= until; slot = plan.SlotAfter(who, slot.Value))
            {
                slots.Add(slot.Value);
            }
        }

        slots.Sort();
        return slots.Zip(slots.Skip(1)).All(two => two.Second - two.First >= (plan.Spacing * TimeSpan.TicksPerSecond) - 2)
            && slots.Count <= (until / TimeSpan.TicksPerSecond * (pace + 1)) + ((pace + 1) * 1.0) + 1;
    }

    [Property]
    public bool What_others_have_and_what_one_has_is_all(byte members, ushort pace)
    {
        var plan = Plan((members % 9) + 2, pace + 1, 77);
        var until = plan.From + (long)(100 * plan.Spacing * TimeSpan.TicksPerSecond);
        var own = new List<long>();
        var who = plan.Participants.First();
        for (var slot = plan.SlotAfter(who, 0); slot <= until; slot = plan.SlotAfter(who, slot.Value))
        {
            own.Add(slot.Value);
        }

        var others = plan.SlotsOfOthers(who, 0, until).ToList();
        return !own.Intersect(others).Any() && own.Count + others.Count is 100 or 101;
    }

    [Fact]
    public void A_plan_holds_until_the_next_one_begins()
    {
        var plans = new PlanTable();
        var who = new Participant(1, 1);
        plans.Add(Plan(2, 10, 0));
        plans.Add(Plan(1, 5, TimeSpan.TicksPerSecond));

        Assert.Equal(TimeSpan.FromSeconds(0.8).Ticks, plans.SlotAfter(who, TimeSpan.FromSeconds(0.7).Ticks));
        Assert.Equal(TimeSpan.TicksPerSecond, plans.SlotAfter(who, TimeSpan.FromSeconds(0.8).Ticks));
        Assert.Equal(2, plans.At(0)!.Members.Count);
        Assert.Single(plans.At(TimeSpan.TicksPerSecond)!.Members);
        Assert.Empty(plans.SlotsOfOthers(who, TimeSpan.TicksPerSecond, TimeSpan.FromSeconds(9).Ticks));
    }

    private static SharePlan Plan(int members, double pace, long from) => new()
    {
        Begins = from,
        From = from,
        Spacing = 1 / pace,
        Members = [.. Enumerable.Range(1, members).Select(worker => new ShareMember(new(worker, 1), 1))],
        Owners = [.. Enumerable.Range(0, members)],
    };
}
