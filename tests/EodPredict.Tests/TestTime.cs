namespace EodPredict.Tests;

/// <summary>The wall clock, for tests whose subject is a real process, a real server or a real network.</summary>
internal static class TestTime
{
#pragma warning disable RS0030 // The one place in the tests that reads the wall clock.
    public static TimeProvider Wall => TimeProvider.System;
#pragma warning restore RS0030
}
