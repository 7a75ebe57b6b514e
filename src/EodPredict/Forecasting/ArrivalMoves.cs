namespace EodPredict.Forecasting;

/// <summary>
/// Where past arrivals belong in one session: a row for arrivals that stand as they were, then one for each level that they are carried
/// along with; a column for each clock that the provider may keep.
/// </summary>
internal readonly ref struct ArrivalMoves
{
    private readonly ClockShifts _shifts;
    private readonly Span<double> _levels;

    /// <param name="past">What is known before the session, oldest first.</param>
    /// <param name="sessionDate">Its date.</param>
    /// <param name="close">The instant of its close.</param>
    /// <param name="horizon">How long it is watched.</param>
    /// <param name="room">Room for <see cref="Room"/> numbers.</param>
    public ArrivalMoves(
        IReadOnlyList<RememberedArrival> past, DateOnly sessionDate, DateTimeOffset close, TimeSpan horizon, Span<double> room)
    {
        _shifts = new ClockShifts(close, horizon, room[..VendorClocks.Count]);
        _levels = room[VendorClocks.Count..];
        MovingLevels.Fill(past, sessionDate, close, horizon, _levels);
    }

    /// <summary>How many rows there are.</summary>
    public static int Rows => 1 + MovingLevels.Count;

    /// <summary>How many moves there are: rows times clocks.</summary>
    public static int Count => Rows * VendorClocks.Count;

    /// <summary>How many numbers it needs room for.</summary>
    public static int Room => VendorClocks.Count + MovingLevels.Room;

    /// <summary>The levels of the session, as <see cref="MovingLevels.Fill"/> gives them.</summary>
    public ReadOnlySpan<double> Levels => _levels;

    /// <summary>Fills the minutes by which one past arrival moves to its place after today's close.</summary>
    /// <param name="past">The past arrival.</param>
    /// <param name="minutes">The moves.</param>
    /// <param name="sameAs">For each move the first clock of its row that moves alike.</param>
    public void Of(RememberedArrival past, Span<double> minutes, Span<int> sameAs)
    {
        _shifts.Against(past, minutes, sameAs);
        for (var c = 0; c < VendorClocks.Count; c++)
        {
            minutes[c] = -minutes[c];
        }

        for (var at = VendorClocks.Count; at < minutes.Length; at++)
        {
            var (row, clock) = (at - (at % VendorClocks.Count), at % VendorClocks.Count);
            minutes[at] = _levels[at - VendorClocks.Count] - past.Levels[at - VendorClocks.Count];
            sameAs[at] = minutes[row..at].IndexOf(minutes[at]) is >= 0 and var first ? first : clock;
        }
    }
}
