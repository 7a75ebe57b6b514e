namespace EodPredict.Service;

/// <summary>The machine's clock, handed out from the composition root alone.</summary>
internal static class SystemClock
{
#pragma warning disable RS0030 // The one place that reads it: everything else takes a TimeProvider.
    public static TimeProvider Wall => TimeProvider.System;
#pragma warning restore RS0030
}
