namespace EodPredict.Forecasting.Nowcasting;

/// <summary>
/// That a series is early and late with a group: the law of its distance to the group's shift, and how far that foretells better than the
/// series' own past. Distances are written as minutes after the shift, plus <see cref="Zero"/>, so that none is negative.
/// </summary>
internal sealed class GroupTie
{
    // Which of the two is right may change: after a session that surprised both, a little of the trust returns to where it began.
    private const double Start = 0.3;
    private const double Share = 0.02;
    private const double Floor = 1e-4;

    // Distances have no clock: every session stands at one instant.
    private static readonly DateTimeOffset NoClock = DateTimeOffset.UnixEpoch;

    private readonly ExpertMixture _distances;
    private readonly WeightRule _trust = new([Start, 1 - Start], 1, Share);

    /// <param name="group">The group.</param>
    /// <param name="horizon">How long a session is watched.</param>
    public GroupTie(ShiftGroup group, TimeSpan horizon)
    {
        Group = group;
        Zero = horizon.TotalMinutes / 2;
        _distances = new(ArrivalPrior.AroundMiddle(horizon));
    }

    public ShiftGroup Group { get; }

    /// <summary>The minute that stands for "at the shift".</summary>
    public double Zero { get; }

    /// <summary>The probability that the series follows its group.</summary>
    public double Trust => _trust.Weights[0];

    /// <summary>Trusts as an earlier process had learned to.</summary>
    public void Restore(double trust) => _trust.Restore([trust, 1 - trust]);

    /// <summary>The law of the distance in one session.</summary>
    public ArrivalLaw Forecast(DateOnly sessionDate) => _distances.Forecast(sessionDate, NoClock);

    /// <summary>Learns which of the two foretold a session better.</summary>
    /// <param name="withGroup">The probability that the shift, as known when each check was made, had given to what the checks told.</param>
    /// <param name="alone">What the series' own law had given to it.</param>
    public void Weigh(double withGroup, double alone) => _trust.Learn([Math.Max(Floor, withGroup), Math.Max(Floor, alone)]);

    /// <summary>Learns a distance: the interval of an arrival, seen from a shift that is itself known to lie between two times.</summary>
    /// <param name="sessionDate">The session date.</param>
    /// <param name="interval">Between which times since the close it came.</param>
    /// <param name="earliest">Minutes since the close that the shift is hardly before.</param>
    /// <param name="likely">Where the shift most likely is.</param>
    /// <param name="latest">Minutes since the close that the shift is hardly after.</param>
    /// <param name="law">What was foretold of the distance.</param>
    public void Learn(DateOnly sessionDate, ArrivalInterval interval, double earliest, double likely, double latest, ArrivalLaw law)
    {
        var from = interval.After.TotalMinutes - (interval.After > TimeSpan.Zero ? latest : likely) + Zero;
        from = Math.Clamp(from, 0, (2 * Zero) - 1);
        TimeSpan? by = interval.By is { } end ? TimeSpan.FromMinutes(Math.Max(end.TotalMinutes - earliest + Zero, from + 0.01)) : null;
        _distances.Learn(new PastArrival(sessionDate, NoClock, new ArrivalInterval(TimeSpan.FromMinutes(from), by)), law);
    }

    /// <summary>What a law of the distance gives to an arrival, were the shift known.</summary>
    public double ProbabilityOf(ArrivalInterval interval, double shift, ArrivalLaw law)
    {
        var by = interval.By is { } end ? law.Cumulative(end.TotalMinutes - shift + Zero) : 1;
        return by - (interval.After > TimeSpan.Zero ? law.Cumulative(interval.After.TotalMinutes - shift + Zero) : 0);
    }
}
