namespace EodPredict.Service.Tests;

/// <summary>The wall clock, for tests whose subject is a real process.</summary>
internal static class TestTime
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

#pragma warning disable RS0030 // The one place in the tests that reads the wall clock.
    public static TimeProvider Wall => TimeProvider.System;
#pragma warning restore RS0030

    /// <summary>Waits until the condition holds, generously: the machine may be busy.</summary>
    public static async Task UntilAsync(string what, Func<Task<bool>> condition)
    {
        var began = Wall.GetTimestamp();
        while (!await condition())
        {
            if (Wall.GetElapsedTime(began) > TimeSpan.FromSeconds(90))
            {
                throw new TimeoutException($"Waited in vain: {what}");
            }

            await Task.Delay(Pause, Wall);
        }
    }
}
