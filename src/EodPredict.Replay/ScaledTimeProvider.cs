using EodPredict.Jobs;

namespace EodPredict.Replay;

/// <summary>
/// A clock that runs against the wall clock as a <see cref="TimeScale"/> says: a day a minute at speed 1440. Instants are the scale's; so
/// every process on one scale and one wall clock reads the same. Timers never fire before their instant on this clock; they are late by
/// what the wall's timer is late, times the speed. Its zone is UTC. Safe for concurrent use.
/// </summary>
public sealed class ScaledTimeProvider : TimeProvider
{
    private readonly TimeProvider _wall;
    private readonly long _origin;

    /// <exception cref="ArgumentOutOfRangeException">The speed is not a positive, finite number.</exception>
    public ScaledTimeProvider(TimeScale scale, TimeProvider wall)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(scale.Speed);
        ArgumentOutOfRangeException.ThrowIfEqual(double.IsFinite(scale.Speed), false, nameof(scale));
        Scale = scale;
        _wall = wall;
        _origin = wall.GetTimestamp();
    }

    /// <summary>How this clock runs against the wall clock.</summary>
    public TimeScale Scale { get; }

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>Ticks of 100 ns of this clock.</summary>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Scale.ToService(_wall.GetUtcNow());

    public override long GetTimestamp() => (_wall.GetElapsedTime(_origin) * Scale.Speed).Ticks;

    /// <param name="callback">Called on a thread of the wall's timers.</param>
    /// <param name="state">Given to the callback.</param>
    /// <param name="dueTime">On this clock; zero fires at once, <see cref="Timeout.InfiniteTimeSpan"/> never.</param>
    /// <param name="period">On this clock; zero or infinite fires once. Periods missed while the process was stopped are left out.</param>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new ScaledTimer(this, _wall, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }
}
