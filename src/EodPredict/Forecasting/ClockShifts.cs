namespace EodPredict.Forecasting;

/// <summary>
/// How much later the close of one session stands on each clock than the closes of the past did: a past arrival belongs that much earlier
/// after today's close. Clocks that agree are counted once.
/// </summary>
internal ref struct ClockShifts
{
    private readonly DateTimeOffset _close;
    private readonly bool _steady;
    private readonly Span<double> _now;

    /// <param name="close">The close of the session.</param>
    /// <param name="horizon">How long it is watched.</param>
    /// <param name="room">Room for one number a clock.</param>
    public ClockShifts(DateTimeOffset close, TimeSpan horizon, Span<double> room)
    {
        _close = close;
        _now = room;
        _steady = VendorClocks.AreSteady(close, horizon);
        VendorClocks.Read(close, 0, _now);
    }

    /// <summary>Fills the shift against one past session on each clock, and for each clock the first clock that shifts alike.</summary>
    public readonly void Against(RememberedArrival past, Span<double> later, Span<int> sameAs)
    {
        if (!_steady)
        {
            VendorClocks.Read(_close, past.Middle, _now);
        }

        for (var c = 0; c < VendorClocks.Count; c++)
        {
            later[c] = VendorClocks.Later(_now[c], past.Clocks[c]);
            sameAs[c] = later[..c].IndexOf(later[c]) is >= 0 and var first ? first : c;
        }
    }
}
