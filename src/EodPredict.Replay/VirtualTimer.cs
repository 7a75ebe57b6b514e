namespace EodPredict.Replay;

/// <summary>One timer of a <see cref="VirtualTimeProvider"/>, under whose lock alone every property is used.</summary>
internal sealed class VirtualTimer(VirtualTimeProvider clock, TimerCallback callback, object? state) : ITimer
{
    private readonly ExecutionContext? _context = ExecutionContext.Capture();

    public static IComparer<VirtualTimer> ByInstant { get; } = Comparer<VirtualTimer>.Create(
        (first, second) => (first.Instant, first.Order).CompareTo((second.Instant, second.Order)));

    public DateTimeOffset Instant { get; set; }

    /// <summary>Counts the settings of all timers, to tell those of one instant apart.</summary>
    public long Order { get; set; } = -1;

    public TimeSpan Period { get; set; }

    public bool Disposed { get; set; }

    public void Fire()
    {
        if (_context is null)
        {
            callback(state);
        }
        else
        {
            ExecutionContext.Run(_context, _ => callback(state), null);
        }
    }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        ThrowIfNegative(dueTime, nameof(dueTime));
        ThrowIfNegative(period, nameof(period));
        return clock.Set(this, dueTime, period);
    }

    public void Dispose() => clock.Remove(this);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private static void ThrowIfNegative(TimeSpan value, string name)
    {
        if (value != Timeout.InfiniteTimeSpan)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero, name);
        }
    }
}
