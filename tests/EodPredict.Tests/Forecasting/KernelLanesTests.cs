using EodPredict.Forecasting;

namespace EodPredict.Tests.Forecasting;

public sealed class KernelLanesTests
{
    [Theory]
    [InlineData(-3000)]
    [InlineData(-25)]
    [InlineData(-0.5)]
    [InlineData(0)]
    [InlineData(0.25)]
    [InlineData(7)]
    [InlineData(90)]
    [InlineData(3000)]
    public void Each_lane_is_the_exponential_law_of_its_kernel(double distance)
    {
        var cumulative = KernelLanes.Cumulative(distance);

        foreach (var (lane, kernel) in ExpertPanel.Kernels.Index())
        {
            var decay = Math.Exp(-Math.Abs(distance) / kernel.Minutes);
            var expected = (distance < 0, kernel.OnlyLater) switch
            {
                (true, true) => 0,
                (true, false) => decay / 2,
                (false, true) => 1 - decay,
                (false, false) => 1 - (decay / 2),
            };
            Assert.Equal(expected, cumulative[lane], 1e-12);
        }
    }
}
