namespace EodPredict.Orders;

/// <summary>
/// Decides how many blocks to lease: as many as last twice the endurance at the rate seen, taken up again when half of that is used. It
/// begins with one block and at most doubles, so that a short burst wastes little. Not safe for concurrent use.
/// </summary>
/// <param name="endurance">How long the ids in hand are to last without the database.</param>
/// <param name="mostHeld">The most ids in hand.</param>
internal sealed class LeaseSizing(TimeSpan endurance, long mostHeld)
{
    public const int BlockIds = 1024;
    public const int MostBlocks = 4096;

    // A rate is taken over at least so long: a short burst says little of the next ten minutes.
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    private double _idsPerSecond;
    private int _last;
    private long _taken;
    private TimeSpan _at;

    /// <param name="held">Ids in hand.</param>
    /// <param name="awaited">Ids that callers are waiting for.</param>
    /// <param name="taken">Ids used since the beginning.</param>
    /// <param name="now">Any clock that only goes forward.</param>
    /// <returns>From 0 (none is needed) to <see cref="MostBlocks"/>.</returns>
    public int Decide(long held, long awaited, long taken, TimeSpan now)
    {
        var rate = Math.Max(Rate(taken, now), _idsPerSecond);
        var target = (long)Math.Clamp(2 * rate * endurance.TotalSeconds, Math.Min(BlockIds, mostHeld), mostHeld);
        if (held - awaited >= (target + 1) / 2)
        {
            return 0;
        }

        var growing = Math.Max(2L * _last, Blocks(awaited - held));
        return (int)Math.Clamp(Math.Min(Blocks(target + awaited - held), growing), 1, MostBlocks);
    }

    /// <summary>What was decided has been leased.</summary>
    public void Leased(int blocks, long taken, TimeSpan now)
    {
        _last = blocks;
        if (now - _at >= Window)
        {
            // A rate seen before counts half as much after every window.
            _idsPerSecond = Math.Max(Rate(taken, now), _idsPerSecond / 2);
            (_taken, _at) = (taken, now);
        }
    }

    private double Rate(long taken, TimeSpan now) => (taken - _taken) / Math.Max((now - _at).TotalSeconds, Window.TotalSeconds);

    private static long Blocks(long ids) => (ids + BlockIds - 1) / BlockIds;
}
