namespace EodPredict.Scraping.Sharing;

/// <summary>
/// The database's clock, from what it showed between asking and being answered: every exchange gives two bounds on the difference, and all
/// hold until one contradicts them, where a clock was set. Not thread-safe.
/// </summary>
internal sealed class ServerClock
{
    // Clocks that drift apart by this are better than most.
    private const double Drift = 1e-4;

    private double _low = double.NegativeInfinity;
    private double _high = double.PositiveInfinity;
    private TimeSpan _at;

    /// <summary>Takes one exchange.</summary>
    /// <param name="asked">When it was asked, on this process's clock.</param>
    /// <param name="answered">When the answer came.</param>
    /// <param name="server">What the database's clock showed, in ticks since the Unix epoch.</param>
    public void Add(TimeSpan asked, TimeSpan answered, long server)
    {
        var doubt = Drift * (answered - _at).Ticks;
        double low = server - answered.Ticks, high = server - asked.Ticks;
        (_low, _high) = (Math.Max(_low - doubt, low), Math.Min(_high + doubt, high));
        if (_low > _high)
        {
            (_low, _high) = (low, high);
        }

        _at = answered;
    }

    public long ToServer(TimeSpan time) => time.Ticks + Offset;

    public TimeSpan ToOwn(long server) => TimeSpan.FromTicks(server - Offset);

    private long Offset => double.IsFinite(_low) ? (long)((_low + _high) / 2) : 0;
}
