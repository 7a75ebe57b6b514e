using EodPredict.Forecasting;
using EodPredict.Forecasting.Learned;
using FsCheck.Xunit;

namespace EodPredict.Tests.Forecasting.Learned;

public sealed class QuantileMapTests
{
    private static readonly ArrivalLaw Law = ArrivalPrior.Documented(TimeSpan.FromHours(2), TimeSpan.FromHours(48));

    [Fact]
    public void Trees_that_found_nothing_change_nothing()
    {
        var hazards = Enumerable.Repeat((float)HazardScale.Hazard, HazardScale.Windows).ToArray();
        var map = QuantileMap.Of(hazards, 1);
        var law = map.Apply(Law);
        for (var minutes = 0.0; minutes < 48 * 60; minutes += 7)
        {
            Assert.Equal(Law.Cumulative(minutes), law.Cumulative(minutes), 1e-5);
        }

        Assert.Equal(Law.Missing, law.Missing, 1e-5);
    }

    [Property]
    public bool A_map_grows_from_0_to_1(byte[] bytes, byte share)
    {
        var map = QuantileMap.Of(Hazards(bytes), share / 255.0);
        var before = 0.0;
        for (var i = 0; i <= 1000; i++)
        {
            var at = map.At(i / 1000.0);
            if (at < before - 1e-12 || at > 1)
            {
                return false;
            }

            before = at;
        }

        return Math.Abs(map.At(0)) < 1e-12 && Math.Abs(map.At(1) - 1) < 1e-12;
    }

    [Property]
    public bool The_moved_law_gives_an_interval_what_the_map_says(byte[] bytes, ushort from, byte length)
    {
        var map = QuantileMap.Of(Hazards(bytes), 1);
        var moved = map.Apply(Law);
        var (after, by) = (from % 2_800, (from % 2_800) + length + 1);
        // Inside one window of the law its probability is spread evenly, so the two agree at its edges.
        var edges = Law.Edges.ToArray().Where(edge => edge >= after && edge <= by).ToArray();
        return edges.All(edge => Math.Abs(moved.Cumulative(edge) - map.At(Law.Cumulative(edge))) < 1e-9);
    }

    [Fact]
    public void A_hazard_that_is_high_early_moves_the_law_forward()
    {
        var hazards = Enumerable.Range(0, HazardScale.Windows).Select(k => k < 3 ? 0.5f : 0.12f).ToArray();
        Assert.True(QuantileMap.Of(hazards, 1).Apply(Law).Quantile(0.5) < Law.Quantile(0.5));
        Assert.Equal(
            (QuantileMap.Of(hazards, 1).At(0.4) + 0.4) / 2, QuantileMap.Of(hazards, 0.5).At(0.4), 1e-12);
    }

    private static float[] Hazards(byte[] bytes) =>
        [.. Enumerable.Range(0, HazardScale.Windows).Select(k => bytes is [] or null ? 0.1f : (1 + bytes[k % bytes.Length]) / 258f)];
}
