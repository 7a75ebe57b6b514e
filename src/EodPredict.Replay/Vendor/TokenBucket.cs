namespace EodPredict.Replay.Vendor;

/// <summary>A token bucket that is full at first; with a burst of 1 it is strict spacing.</summary>
/// <param name="rate">Tokens per second.</param>
/// <param name="burst">The most tokens it holds.</param>
internal sealed class TokenBucket(double rate, double burst) : RateMeter
{
    private const double RoundingSlack = 1e-9;

    private double _used;
    private TimeSpan _at;

    public override TimeSpan Ask(TimeSpan now)
    {
        Refill(now);
        var missing = _used + 1 - burst;
        if (missing > RoundingSlack)
        {
            return TimeSpan.FromTicks((long)Math.Ceiling(missing / rate * TimeSpan.TicksPerSecond));
        }

        _used++;
        return TimeSpan.Zero;
    }

    /// <summary>The bucket may owe up to one burst.</summary>
    public override void CountRefused(TimeSpan now)
    {
        Refill(now);
        _used = Math.Min(2 * burst, _used + 1);
    }

    public override int Remaining(TimeSpan now)
    {
        Refill(now);
        return (int)Math.Max(0, burst - _used);
    }

    private void Refill(TimeSpan now)
    {
        if (now > _at)
        {
            _used = Math.Max(0, _used - ((now - _at).TotalSeconds * rate));
            _at = now;
        }
    }
}
