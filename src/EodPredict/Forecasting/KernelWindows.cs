using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EodPredict.Forecasting;

/// <summary>
/// Probability in one-minute windows since the close, in <see cref="KernelLanes"/>: what is deposited in a lane is
/// spread by its kernel, all lanes in one sweep.
/// </summary>
internal readonly ref struct KernelWindows
{
    private static readonly Vector512<double> Keep = KernelLanes.Of(kernel => Math.Exp(-1 / kernel.Minutes));
    private static readonly Vector512<double> Tail = Keep / (Vector512<double>.One - Keep);
    private static readonly Vector512<double> Later =
        KernelLanes.Of(kernel => Math.Exp(-1 / kernel.Minutes) is var keep && kernel.OnlyLater ? 1 - keep : (1 - keep) / (1 + keep));

    private static readonly Vector512<double> Sooner = Later * KernelLanes.Of(kernel => kernel.OnlyLater ? 0 : 1);

    private readonly Span<Vector512<double>> _windows;

    /// <param name="room">Room for <see cref="KernelLanes.Count"/> numbers a minute, all zero.</param>
    public KernelWindows(Span<double> room) => _windows = MemoryMarshal.Cast<double, Vector512<double>>(room);

    /// <summary>Shares probability between the two windows nearest to a minute; returns what lies behind the last.</summary>
    public Vector512<double> Put(double minute, Vector512<double> weights)
    {
        var place = Math.Max(0, minute - 0.5);
        var low = (int)place;
        if (low >= _windows.Length - 1)
        {
            return weights;
        }

        var upper = weights * (place - low);
        _windows[low] += weights - upper;
        _windows[low + 1] += upper;
        return Vector512<double>.Zero;
    }

    /// <summary>
    /// Adds to <paramref name="target"/> what the kernels make of all that was put. What falls before the close counts as the first window;
    /// what falls behind the last is returned.
    /// </summary>
    public double SmearInto(Span<double> target)
    {
        var run = Vector512<double>.Zero;
        for (var i = 0; i < target.Length; i++)
        {
            run = (run * Keep) + _windows[i];
            target[i] += Vector512.Dot(Later, run);
        }

        var behind = Vector512.Dot(Later, run * Tail);
        run = Vector512<double>.Zero;
        for (var i = target.Length - 1; i >= 0; i--)
        {
            run *= Keep;
            target[i] += Vector512.Dot(Sooner, run);
            run += _windows[i];
        }

        target[0] += Vector512.Dot(Sooner, run * Tail);
        return behind;
    }
}
