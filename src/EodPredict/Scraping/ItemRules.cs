using EodPredict.Scraping.Http;

namespace EodPredict.Scraping;

/// <summary>What comes next for an item: being refused spends no retry, faults do, a bounded number of times. Pure.</summary>
internal static class ItemRules
{
    private const int MostFaults = 5;

    // A 503 that says nothing of patience may be the limit's, or this item's for ever.
    private const int MostUnexplained = 50;

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);

    /// <summary>Decides.</summary>
    /// <param name="refusals">The item's refused attempts before.</param>
    /// <param name="faults">The item's attempts without a useful reply before.</param>
    /// <param name="verdict">What the attempt brought.</param>
    /// <param name="isOutage">Whether nothing is answered at all now, so that no item is to blame.</param>
    public static ItemStep After(int refusals, int faults, ReplyVerdict verdict, bool isOutage) => verdict.Kind switch
    {
        ReplyKind.Accepted => new(ItemStepKind.Store, refusals, faults, TimeSpan.Zero),
        ReplyKind.Permanent => new(ItemStepKind.Fail, refusals, faults, TimeSpan.Zero),
        ReplyKind.Throttled when verdict.IsUnexplained && refusals + 1 >= MostUnexplained =>
            new(ItemStepKind.Fail, refusals + 1, faults, TimeSpan.Zero),
        ReplyKind.Throttled => new(ItemStepKind.Again, refusals + 1, faults, TimeSpan.Zero),
        ReplyKind.Transient when isOutage && !verdict.IsAnswer => new(ItemStepKind.Again, refusals, faults, FirstWait),
        ReplyKind.Transient when faults + 1 >= MostFaults => new(ItemStepKind.Fail, refusals, faults + 1, TimeSpan.Zero),
        ReplyKind.Transient => new(ItemStepKind.Again, refusals, faults + 1, FirstWait * (1 << faults)),
        _ => new(ItemStepKind.Again, refusals, faults, TimeSpan.Zero),
    };
}
