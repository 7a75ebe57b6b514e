using EodPredict.Scraping;
using EodPredict.Scraping.Http;
using EodPredict.Scraping.Limit;

namespace EodPredict.Tests.Scraping;

public sealed class ItemRulesTests
{
    [Fact]
    public void Being_throttled_never_spends_a_retry()
    {
        var throttled = ReplyTriage.Judge(429, default);
        var (refusals, faults) = (0, 4);
        for (var attempt = 0; attempt < 1000; attempt++)
        {
            var step = ItemRules.After(refusals, faults, throttled, isOutage: false);
            Assert.Equal(ItemStepKind.Again, step.Kind);
            (refusals, faults) = (step.Refusals, step.Faults);
        }

        Assert.Equal((1000, 4), (refusals, faults));
    }

    [Fact]
    public void A_fault_is_tried_again_four_times_ever_later()
    {
        var fault = ReplyTriage.Judge(500, default);
        var waits = new List<double>();
        var step = default(ItemStep);
        do
        {
            step = ItemRules.After(0, step.Faults, fault, isOutage: false);
            waits.Add(step.Wait.TotalSeconds);
        }
        while (step.Kind == ItemStepKind.Again);
        Assert.Equal(ItemStepKind.Fail, step.Kind);
        Assert.Equal([1, 2, 4, 8, 0], waits);
    }

    [Fact]
    public void Where_nothing_answers_no_item_is_to_blame()
    {
        var step = ItemRules.After(0, 4, ReplyTriage.Fault("No connection."), isOutage: true);
        Assert.Equal((ItemStepKind.Again, 4), (step.Kind, step.Faults));
        Assert.Equal(ItemStepKind.Fail, ItemRules.After(0, 4, ReplyTriage.Fault("No connection."), isOutage: false).Kind);
    }

    [Fact]
    public void An_item_that_is_always_answered_503_without_a_word_fails_in_the_end()
    {
        var unexplained = ReplyTriage.Judge(503, default);
        Assert.Equal(ItemStepKind.Again, ItemRules.After(10, 0, unexplained, isOutage: false).Kind);
        Assert.Equal(ItemStepKind.Fail, ItemRules.After(49, 0, unexplained, isOutage: false).Kind);
        var patient = ReplyTriage.Judge(503, new LimitHint(TimeSpan.FromSeconds(1), null, null, null, null));
        Assert.Equal(ItemStepKind.Again, ItemRules.After(49, 0, patient, isOutage: false).Kind);
    }
}
