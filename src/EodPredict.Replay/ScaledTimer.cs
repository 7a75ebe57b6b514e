namespace EodPredict.Replay;

/// <summary>
/// One timer of a <see cref="ScaledTimeProvider"/>: a single-shot timer of the wall clock, armed anew until the scaled instant is there.
/// </summary>
internal sealed class ScaledTimer : ITimer
{
    /// <summary>The wall's timers round down to a millisecond, so waits are rounded up to one.</summary>
    private static readonly TimeSpan WallStep = TimeSpan.FromMilliseconds(1);

    /// <summary>No wall wait is longer; far instants are reached in several.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    /// <summary>Where the wall's date lags its stopwatch by more than this, someone set it back, and the stopwatch alone counts.</summary>
    private static readonly TimeSpan LargestLag = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly ScaledTimeProvider _clock;
    private readonly TimerCallback _callback;
    private readonly object? _state;
    private readonly ITimer _wallTimer;

    private bool _armed;
    private bool _disposed;
    private DateTimeOffset _instant;
    private TimeSpan _elapsed;
    private TimeSpan _period;

    public ScaledTimer(ScaledTimeProvider clock, TimeProvider wall, TimerCallback callback, object? state)
    {
        _clock = clock;
        _callback = callback;
        _state = state;
        _wallTimer = wall.CreateTimer(_ => OnWallTimer(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        ThrowIfNegative(dueTime, nameof(dueTime));
        ThrowIfNegative(period, nameof(period));
        lock (_lock)
        {
            if (_disposed)
            {
                return false;
            }

            _period = period > TimeSpan.Zero ? period : TimeSpan.Zero;
            _armed = dueTime != Timeout.InfiniteTimeSpan;
            if (_armed)
            {
                var now = _clock.GetUtcNow();
                _instant = dueTime < DateTimeOffset.MaxValue - now ? now + dueTime : DateTimeOffset.MaxValue;
                _elapsed = Elapsed() + (_instant - now);
            }

            Arm();
            return true;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _armed = false;
            _wallTimer.Dispose();
        }
    }

    public ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _disposed = true;
            _armed = false;
        }

        return _wallTimer.DisposeAsync();
    }

    private void OnWallTimer()
    {
        lock (_lock)
        {
            if (!_armed)
            {
                return;
            }

            if (Remaining() > TimeSpan.Zero)
            {
                Arm();
                return;
            }

            PlanNextPeriod();
            Arm();
        }

        _callback(_state);
    }

    private void PlanNextPeriod()
    {
        _armed = _period > TimeSpan.Zero;
        if (_armed)
        {
            var missed = (Elapsed() - _elapsed).Ticks / _period.Ticks;
            var ahead = _period * Math.Max(1, missed + 1);
            _instant += ahead;
            _elapsed += ahead;
        }
    }

    private void Arm()
    {
        var wait = Timeout.InfiniteTimeSpan;
        if (_armed)
        {
            var remaining = Remaining();
            wait = remaining <= TimeSpan.Zero ? TimeSpan.Zero : WallWait(remaining / _clock.Scale.Speed);
        }

        _wallTimer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    /// <summary>What is still to wait by both readings: jobs compare dates, timers count elapsed time, neither may find it early.</summary>
    private TimeSpan Remaining()
    {
        var byStopwatch = _elapsed - Elapsed();
        var byDate = _instant - _clock.GetUtcNow();
        return byDate > byStopwatch && byDate - byStopwatch <= LargestLag * _clock.Scale.Speed ? byDate : byStopwatch;
    }

    private TimeSpan Elapsed() => new(_clock.GetTimestamp());

    /// <summary>At least one step, for what remains may be less than the wall's clock can tell.</summary>
    private static TimeSpan WallWait(TimeSpan wait) => wait > LongestWait
        ? LongestWait
        : WallStep * Math.Max(1, (wait.Ticks + WallStep.Ticks - 1) / WallStep.Ticks);

    private static void ThrowIfNegative(TimeSpan value, string name)
    {
        if (value != Timeout.InfiniteTimeSpan)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero, name);
        }
    }
}
