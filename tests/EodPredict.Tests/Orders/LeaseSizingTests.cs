using EodPredict.Orders;
using FsCheck.Xunit;

namespace EodPredict.Tests.Orders;

public sealed class LeaseSizingTests
{
    private const long Most = 1 << 20;

    private static readonly TimeSpan Endurance = TimeSpan.FromMinutes(10);

    [Fact]
    public void It_begins_with_one_block_and_doubles_while_ids_run_out_at_once()
    {
        var sizing = new LeaseSizing(Endurance, Most);
        var (taken, sizes) = (0L, new List<int>());
        for (var lease = 0; lease < 6; lease++)
        {
            var now = TimeSpan.FromMilliseconds(lease);
            sizes.Add(sizing.Decide(held: 0, awaited: 0, taken, now));
            sizing.Leased(sizes[^1], taken, now);
            taken += sizes[^1] * 1024L;
        }

        Assert.Equal([1, 2, 4, 8, 16, 32], sizes);
    }

    [Fact]
    public void At_a_steady_rate_what_is_in_hand_lasts_the_endurance_before_more_is_leased()
    {
        // 100 ids a second: twice ten minutes are 120,000 ids.
        var sizing = new LeaseSizing(Endurance, Most);
        var (held, taken, least) = (0L, 0L, long.MaxValue);
        for (var second = 0; second < 7200; second++)
        {
            var now = TimeSpan.FromSeconds(second);
            while (sizing.Decide(held, 0, taken, now) is > 0 and var blocks)
            {
                sizing.Leased(blocks, taken, now);
                held += blocks * 1024L;
            }

            (held, taken) = (held - 100, taken + 100);
            least = second < 3600 ? long.MaxValue : Math.Min(least, held);
        }

        Assert.InRange(least, 59_000, 121_000);
        Assert.True(held < 125_000, $"{held} in hand");
    }

    [Fact]
    public void A_short_burst_leases_for_its_mean_rate_and_no_more()
    {
        // 1024 ids at once are about a hundred a second over the window: twice ten minutes of that.
        var sizing = new LeaseSizing(Endurance, Most);
        var held = 0L;
        for (var look = 1; look < 100; look++)
        {
            var now = TimeSpan.FromMilliseconds(look);
            var blocks = sizing.Decide(held, 0, 1024, now);
            held += blocks * 1024L;
            sizing.Leased(blocks, 1024, now);
        }

        Assert.InRange(held, 61_000, 125_000);
    }

    [Property]
    public bool What_is_in_hand_never_exceeds_the_most_by_more_than_a_block_and_what_is_awaited(
        int held, int awaited, int taken, int lastTaken, uint milliseconds)
    {
        (held, awaited, taken, lastTaken) = (Math.Abs(held % 2_000_000), Math.Abs(awaited % 100_000), Math.Abs(taken), Math.Abs(lastTaken));
        var sizing = new LeaseSizing(Endurance, Most);
        sizing.Leased(64, Math.Min(taken, lastTaken), TimeSpan.FromMinutes(1));
        var blocks = sizing.Decide(held, awaited, Math.Max(taken, lastTaken), TimeSpan.FromMinutes(1) + TimeSpan.FromMilliseconds(1.0 + milliseconds));
        return blocks is >= 0 and <= LeaseSizing.MostBlocks && (blocks == 0 || held + (blocks * 1024L) <= Most + awaited + 1024)
            && (held >= awaited || blocks > 0);
    }
}
