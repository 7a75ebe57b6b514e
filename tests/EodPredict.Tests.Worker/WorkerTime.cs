using EodPredict.Jobs;
using EodPredict.Replay;

namespace EodPredict.Tests.Worker;

/// <summary>The clocks of a test's processes.</summary>
internal static class WorkerTime
{
#pragma warning disable RS0030 // The one place in this program that reads the wall clock.
    public static TimeProvider Wall => TimeProvider.System;
#pragma warning restore RS0030

    /// <summary>The service's clock: the wall clock, or a scaled one.</summary>
    public static TimeProvider On(TimeScale scale) => scale.IsReal ? Wall : new ScaledTimeProvider(scale, Wall);
}
