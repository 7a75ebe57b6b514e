using System.Net;
using EodPredict.Replay.Vendor;
using static EodPredict.Tests.Replay.ReplayProviderFixture;

namespace EodPredict.Tests.Replay;

public sealed class ReplayProviderHeadTests
{
    private static readonly DateTimeOffset Arrival = FirstClose.AddMinutes(95);

    [Theory]
    [InlineData(NotYetAnswer.NotFound)]
    [InlineData(NotYetAnswer.Empty)]
    [InlineData(NotYetAnswer.Stale)]
    public async Task A_head_tells_what_the_get_would_without_a_body(NotYetAnswer kind)
    {
        await using var vendor = await StartAsync(options => (options.BeforeArrival, options.PartialFor) = (kind, TimeSpan.FromMinutes(5)));
        foreach (var minutes in new[] { -20, -3, 0, 1410, 1440 })
        {
            var now = Arrival.AddMinutes(minutes);
            vendor.Clock.AdvanceTo(now);
            var address = Address("A", now < Arrival.AddHours(1) ? "2024-03-25" : "2024-03-26");
            using var head = await vendor.HeadAsync(address);
            using var get = await vendor.GetAsync(address);

            Assert.Equal(get.StatusCode, head.StatusCode);
            Assert.Equal(get.Headers.ETag, head.Headers.ETag);
            Assert.Equal(get.Content.Headers.LastModified, head.Content.Headers.LastModified);
            Assert.Equal((await get.Content.ReadAsByteArrayAsync()).Length, head.Content.Headers.ContentLength);
            Assert.Empty(await head.Content.ReadAsByteArrayAsync());
        }

        Assert.Equal((5, 5, 2), (vendor.Provider.Usage.Heads, vendor.Provider.Usage.Gets, vendor.Provider.Usage.Found));
    }

    [Fact]
    public async Task Tag_time_and_length_change_at_the_arrival()
    {
        await using var vendor = await StartAsync(options => (options.BeforeArrival, options.Rows) = (NotYetAnswer.Stale, 5));
        vendor.Clock.AdvanceTo(Arrival.AddDays(1).AddTicks(-1));
        using var before = await vendor.HeadAsync(Address("A", "2024-03-26"));
        vendor.Clock.AdvanceTo(Arrival.AddDays(1));
        using var after = await vendor.HeadAsync(Address("A", "2024-03-26"));

        Assert.NotEqual(before.Headers.ETag, after.Headers.ETag);
        Assert.Equal((Arrival, Arrival.AddDays(1)), (before.Content.Headers.LastModified, after.Content.Headers.LastModified));
        Assert.True(before.Content.Headers.ContentLength < after.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task A_lying_head_lies_as_often_as_chosen_and_the_same_each_time()
    {
        const int Heads = 400;
        var runs = new List<(int FalsePositives, int FalseNegatives)>();
        for (var run = 0; run < 2; run++)
        {
            await using var vendor = await StartAsync(options =>
                (options.Head.FalsePositiveShare, options.Head.FalseNegativeShare) = (0.2, 0.1));
            var early = await CountFoundAsync(vendor, Heads);
            vendor.Clock.AdvanceTo(Arrival);
            runs.Add((early, Heads - await CountFoundAsync(vendor, Heads)));
            Assert.Equal(HttpStatusCode.OK, await vendor.StatusAsync(Address("A", "2024-03-25")));
        }

        Assert.Equal(runs[0], runs[1]);
        Assert.InRange(runs[0].FalsePositives, 0.2 * Heads * 0.6, 0.2 * Heads * 1.4);
        Assert.InRange(runs[0].FalseNegatives, 0.1 * Heads * 0.5, 0.1 * Heads * 1.6);
    }

    [Fact]
    public async Task A_vendor_without_head_says_405()
    {
        await using var vendor = await StartAsync(options => options.Head.Supported = false);

        using var response = await vendor.HeadAsync(Address("A", "2024-03-25"));

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(0, vendor.Provider.Usage.Cost);
    }

    private static async Task<int> CountFoundAsync(ReplayProviderFixture vendor, int heads)
    {
        var found = 0;
        for (var number = 0; number < heads; number++)
        {
            using var response = await vendor.HeadAsync(Address("A", "2024-03-25"));
            found += response.IsSuccessStatusCode ? 1 : 0;
        }

        return found;
    }
}
