using EodPredict.Scraping.Sharing;
using FsCheck.Xunit;

namespace EodPredict.Tests.Scraping.Sharing;

public sealed class ServerClockTests
{
    [Property]
    public bool It_is_off_by_no_more_than_half_of_the_fastest_exchange(int ahead, (ushort There, ushort Back)[] exchanges)
    {
        var clock = new ServerClock();
        var (now, fastest) = (TimeSpan.Zero, long.MaxValue);
        foreach (var (there, back) in exchanges)
        {
            clock.Add(now, now + TimeSpan.FromTicks(there + back), (now + TimeSpan.FromTicks(there)).Ticks + ahead);
            now += TimeSpan.FromTicks(there + back);
            fastest = Math.Min(fastest, there + back);
        }

        return exchanges.Length == 0 || Math.Abs(clock.ToServer(now) - now.Ticks - ahead) <= (fastest / 2) + (1e-4 * now.Ticks) + 1;
    }

    [Fact]
    public void A_clock_that_is_set_is_followed_at_once()
    {
        var clock = new ServerClock();
        clock.Add(TimeSpan.Zero, TimeSpan.FromMilliseconds(2), TimeSpan.FromSeconds(100).Ticks);
        clock.Add(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1.002), TimeSpan.FromSeconds(50).Ticks);
        Assert.InRange(clock.ToServer(TimeSpan.FromSeconds(1.001)), TimeSpan.FromSeconds(49.998).Ticks, TimeSpan.FromSeconds(50.002).Ticks);
    }
}
