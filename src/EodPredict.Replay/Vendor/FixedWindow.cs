namespace EodPredict.Replay.Vendor;

/// <summary>So many requests in each window; windows begin at whole multiples of their length.</summary>
internal sealed class FixedWindow(int limit, TimeSpan window) : RateMeter
{
    private long _window = long.MinValue;
    private int _used;

    public override TimeSpan Ask(TimeSpan now)
    {
        Turn(now);
        if (_used >= limit)
        {
            return (window * (_window + 1)) - now;
        }

        _used++;
        return TimeSpan.Zero;
    }

    /// <summary>Refusals of this window change nothing: it is full, and the next begins empty.</summary>
    public override void CountRefused(TimeSpan now)
    {
    }

    public override int Remaining(TimeSpan now)
    {
        Turn(now);
        return limit - _used;
    }

    private void Turn(TimeSpan now)
    {
        var current = now.Ticks / window.Ticks;
        if (current > _window)
        {
            _window = current;
            _used = 0;
        }
    }
}
