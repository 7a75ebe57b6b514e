namespace EodPredict.Replay;

/// <summary>
/// A clock that stands still until it is told to advance, for backtests and tests. Advancing fires every timer at its exact instant, in
/// the order of the instants and, where they are equal, in the order in which the timers were set. Its zone is UTC. Safe for concurrent
/// use; one thread advances at a time, and the callbacks run on it, so what awaits a delay may continue there or on the thread pool.
/// </summary>
public sealed class VirtualTimeProvider(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _advancing = new();
    private readonly Lock _lock = new();
    private readonly SortedSet<VirtualTimer> _timers = new(VirtualTimer.ByInstant);
    private DateTimeOffset _now = start.ToUniversalTime();
    private long _timersSet;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>Ticks of 100 ns.</summary>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>The instant of the next timer; null where none is set.</summary>
    public DateTimeOffset? NextTimer
    {
        get
        {
            lock (_lock)
            {
                return _timers.Min?.Instant;
            }
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => (GetUtcNow() - start).Ticks;

    /// <summary>Advances to an instant and fires what is due by then, that instant included, timers set by the callbacks too.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The instant is before now.</exception>
    public void AdvanceTo(DateTimeOffset instant)
    {
        lock (_advancing)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(instant, GetUtcNow());
            while (TakeDue(instant) is { } timer)
            {
                timer.Fire();
            }
        }
    }

    /// <summary>As <see cref="AdvanceTo"/>, by a span of zero or more.</summary>
    public void AdvanceBy(TimeSpan span)
    {
        lock (_advancing)
        {
            AdvanceTo(GetUtcNow() + span);
        }
    }

    /// <param name="callback">Called by the thread that advances.</param>
    /// <param name="state">Given to the callback.</param>
    /// <param name="dueTime">Zero fires at the next advance, even one by nothing; <see cref="Timeout.InfiniteTimeSpan"/> never.</param>
    /// <param name="period">Zero or infinite fires once.</param>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Sets, sets anew or, with an infinite due time, takes away a timer; false where it is disposed.</summary>
    internal bool Set(VirtualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_lock)
        {
            if (timer.Disposed)
            {
                return false;
            }

            _timers.Remove(timer);
            timer.Period = period > TimeSpan.Zero ? period : TimeSpan.Zero;
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                Add(timer, dueTime < DateTimeOffset.MaxValue - _now ? _now + dueTime : DateTimeOffset.MaxValue);
            }

            return true;
        }
    }

    internal void Remove(VirtualTimer timer)
    {
        lock (_lock)
        {
            _timers.Remove(timer);
            timer.Disposed = true;
        }
    }

    private VirtualTimer? TakeDue(DateTimeOffset until)
    {
        lock (_lock)
        {
            if (_timers.Min is not { } timer || timer.Instant > until)
            {
                _now = until > _now ? until : _now;
                return null;
            }

            _timers.Remove(timer);
            _now = timer.Instant;
            if (timer.Period > TimeSpan.Zero)
            {
                Add(timer, _now + timer.Period);
            }

            return timer;
        }
    }

    private void Add(VirtualTimer timer, DateTimeOffset instant)
    {
        timer.Instant = instant;
        timer.Order = _timersSet++;
        _timers.Add(timer);
    }
}
