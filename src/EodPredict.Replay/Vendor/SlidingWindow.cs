namespace EodPredict.Replay.Vendor;

/// <summary>So many requests in the window that ends now.</summary>
internal sealed class SlidingWindow(int limit, TimeSpan window) : RateMeter
{
    private readonly Queue<TimeSpan> _counted = new();

    public override TimeSpan Ask(TimeSpan now)
    {
        Forget(now);
        if (_counted.Count >= limit)
        {
            return _counted.ElementAt(_counted.Count - limit) + window - now;
        }

        _counted.Enqueue(now);
        return TimeSpan.Zero;
    }

    /// <summary>Up to one window's worth of refusals is held against the client.</summary>
    public override void CountRefused(TimeSpan now)
    {
        Forget(now);
        _counted.Enqueue(now);
        if (_counted.Count > 2 * limit)
        {
            _counted.Dequeue();
        }
    }

    public override int Remaining(TimeSpan now)
    {
        Forget(now);
        return Math.Max(0, limit - _counted.Count);
    }

    private void Forget(TimeSpan now)
    {
        while (_counted.TryPeek(out var oldest) && now - oldest >= window)
        {
            _counted.Dequeue();
        }
    }
}
