namespace EodPredict.Quartz;

/// <summary>Waits to the very instant.</summary>
internal static class ExactInstant
{
    private static readonly TimeSpan ShortestDelay = TimeSpan.FromMilliseconds(1);

    /// <summary>Returns when the clock has reached the instant, never before. A timer alone may be early by a millisecond.</summary>
    public static async Task WaitUntilAsync(this TimeProvider time, DateTimeOffset instant, CancellationToken cancellationToken)
    {
        while (instant - time.GetUtcNow() is { Ticks: > 0 } left)
            await Task.Delay(left > ShortestDelay ? left : ShortestDelay, time, cancellationToken);
    }
}
