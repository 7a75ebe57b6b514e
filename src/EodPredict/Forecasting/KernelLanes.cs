using System.Runtime.Intrinsics;

namespace EodPredict.Forecasting;

/// <summary>
/// The kernels side by side, a lane for each of <see cref="ExpertPanel.Kernels"/>: what is asked of one is asked of all, a law asks it some
/// ten thousand times. Pure.
/// </summary>
internal static class KernelLanes
{
    /// <summary>How many lanes there are; those without a kernel are zero.</summary>
    public const int Count = 8;

    // exp of less is nothing, and what is further out would leave the quick way to reckon it.
    private const double Farthest = 40;

    private static readonly Vector512<double> Inverse = Of(kernel => 1 / kernel.Minutes);
    private static readonly Vector512<double> Before = Of(kernel => kernel.OnlyLater ? 0 : 0.5);
    private static readonly Vector512<double> After = Of(kernel => kernel.OnlyLater ? 1 : 0.5);

    /// <summary>One number a kernel.</summary>
    public static Vector512<double> Of(ReadOnlySpan<double> numbers)
    {
        Span<double> lanes = stackalloc double[Count];
        lanes.Clear();
        numbers.CopyTo(lanes);
        return Vector512.Create<double>(lanes);
    }

    /// <summary>One number a kernel.</summary>
    public static Vector512<double> Of(Func<ArrivalKernel, double> number) => Of([.. ExpertPanel.Kernels.Select(number)]);

    /// <summary>The probability of falling at most this many minutes after the past arrival (before it, where negative).</summary>
    public static Vector512<double> Cumulative(double distance)
    {
        var decay = Vector512.Exp(-Vector512.Min(Inverse * Math.Abs(distance), Vector512.Create(Farthest)));
        return distance < 0 ? Before * decay : Vector512<double>.One - (After * decay);
    }
}
