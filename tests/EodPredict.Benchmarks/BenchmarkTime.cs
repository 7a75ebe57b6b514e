namespace EodPredict.Benchmarks;

/// <summary>The wall clock: what is measured here is real.</summary>
internal static class BenchmarkTime
{
#pragma warning disable RS0030 // The one place in this program that reads the wall clock.
    public static TimeProvider Wall => TimeProvider.System;
#pragma warning restore RS0030
}
