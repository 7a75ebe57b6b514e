using System.Runtime.Intrinsics;
using EodPredict.Forecasting;

namespace EodPredict.Tests.Forecasting;

public sealed class KernelWindowsTests
{
    private const int Minutes = 2880;

    public static TheoryData<int> Kernels => [.. Enumerable.Range(0, ExpertPanel.Kernels.Length)];

    [Theory]
    [MemberData(nameof(Kernels))]
    public void An_arrival_is_spread_as_its_kernel_says(int kernel)
    {
        const double At = 1000.5;
        var (windows, _) = Spread(kernel, At);

        // A window of a minute is as fine as it gets, which the narrowest kernel feels.
        foreach (var distance in new[] { -200, -30, -5, -1, 0, 1, 5, 30, 200, 900 })
        {
            Assert.Equal(KernelLanes.Cumulative(distance + 0.5)[kernel], windows[..(int)(At + 0.5 + distance)].Sum(), 0.05);
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Nothing_is_lost(int kernel)
    {
        foreach (var at in new[] { -20.0, 0, 0.3, 77.7, 2870, Minutes + 5 })
        {
            var (windows, behind) = Spread(kernel, at);

            Assert.Equal(1, windows.Sum() + behind, 9);
            Assert.True(windows.Min() >= 0 && behind >= 0);
        }
    }

    private static (double[] Windows, double Behind) Spread(int kernel, double at)
    {
        var weights = new double[ExpertPanel.Kernels.Length];
        weights[kernel] = 1;
        var windows = new KernelWindows(new double[KernelLanes.Count * Minutes]);
        var behind = Vector512.Sum(windows.Put(at, KernelLanes.Of(weights)));
        var target = new double[Minutes];
        behind += windows.SmearInto(target);
        return (target, behind);
    }
}
