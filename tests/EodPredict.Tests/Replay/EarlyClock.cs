using EodPredict.Replay;

namespace EodPredict.Tests.Replay;

/// <summary>A clock of the machine that stands still until advanced, and whose timers fire too early by a fixed time.</summary>
internal sealed class EarlyClock(VirtualTimeProvider inner, TimeSpan early) : TimeProvider
{
    public override long TimestampFrequency => inner.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow();

    public override long GetTimestamp() => inner.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new EarlyTimer(inner.CreateTimer(callback, state, Sooner(dueTime), period), Sooner);

    private TimeSpan Sooner(TimeSpan due) => due > early ? due - early : due;

    private sealed class EarlyTimer(ITimer timer, Func<TimeSpan, TimeSpan> sooner) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(sooner(dueTime), period);

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
