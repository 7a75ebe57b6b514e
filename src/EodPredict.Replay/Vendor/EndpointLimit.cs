namespace EodPredict.Replay.Vendor;

/// <summary>
/// The limit of one endpoint as <see cref="ThrottleOptions"/> describe it. It looks at a ban first, then at the daily quota, the requests
/// in flight and the rate; what an earlier one refuses does not touch the later. Safe for concurrent use.
/// </summary>
internal sealed class EndpointLimit(ThrottleOptions options, TimeProvider serviceClock, TimeProvider wallClock)
{
    /// <summary>Asked of a client who is refused for what is in flight: nobody knows when that ends.</summary>
    private static readonly TimeSpan InFlightWait = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly RateMeter? _meter = RateMeter.Of(options);
    private readonly Queue<TimeSpan> _refusals = new();
    private readonly double _speed = serviceClock is ScaledTimeProvider scaled ? scaled.Scale.Speed : 1;
    private TimeSpan _bannedUntil;
    private DateOnly _day;
    private int _admittedToday;
    private int _inFlight;

    /// <summary>Decides on a request that came in now; one that is admitted must <see cref="Leave"/>.</summary>
    public LimitDecision Enter()
    {
        lock (_lock)
        {
            var now = wallClock.GetUtcNow() - DateTimeOffset.UnixEpoch;
            var wait = Ask(now);
            if (wait > TimeSpan.Zero)
            {
                CountRefused(now);
            }
            else
            {
                _inFlight++;
                _admittedToday++;
            }

            return new(wait <= TimeSpan.Zero, wait, options.Limit, _meter?.Remaining(now));
        }
    }

    /// <summary>An admitted request has been answered or given up.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            _inFlight--;
        }
    }

    /// <summary>Zero admits; else how long to wait, on the service's clock.</summary>
    private TimeSpan Ask(TimeSpan now)
    {
        if (now < _bannedUntil)
        {
            return (_bannedUntil - now) * _speed;
        }

        var quotaWait = AskQuota();
        return quotaWait > TimeSpan.Zero ? quotaWait
            : options.MaxInFlight > 0 && _inFlight >= options.MaxInFlight ? InFlightWait * _speed
            : (_meter?.Ask(now) ?? TimeSpan.Zero) * _speed;
    }

    private TimeSpan AskQuota()
    {
        var now = serviceClock.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        if (today != _day)
        {
            _day = today;
            _admittedToday = 0;
        }

        return options.DailyLimit > 0 && _admittedToday >= options.DailyLimit
            ? new DateTimeOffset(today.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero) - now
            : TimeSpan.Zero;
    }

    private void CountRefused(TimeSpan now)
    {
        if (options.CountRefused)
        {
            _meter?.CountRefused(now);
        }

        if (options.BanAfter == 0 || now < _bannedUntil)
        {
            return;
        }

        _refusals.Enqueue(now);
        while (now - _refusals.Peek() > options.BanWindow)
        {
            _refusals.Dequeue();
        }

        if (_refusals.Count >= options.BanAfter)
        {
            _refusals.Clear();
            _bannedUntil = now + options.BanFor;
        }
    }
}
