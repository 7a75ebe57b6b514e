namespace EodPredict.Forecasting;

/// <summary>One past session as the experts keep it: its probability spread over a few points of the interval that holds the arrival.</summary>
internal sealed class RememberedArrival
{
    private const int PointsAtMost = 6;
    private const double MinutesPerPoint = 1;
    private const double Impossible = 1e-9;

    private readonly double[] _clocks = new double[VendorClocks.Count];
    private readonly double[] _levels;

    /// <param name="past">What is known of the session.</param>
    /// <param name="law">
    /// What was believed of it, knowing only what came before. The probability inside the interval is spread by it, which is one step of
    /// Turnbull's self-consistency. A find by one late check says little of when it came: with only a tenth spread evenly over the interval,
    /// checks cost 9 to 36% more on recorded providers.
    /// </param>
    /// <param name="levels">The levels of its day, see <see cref="MovingLevels"/>; empty where nothing was known: then it is its own level.</param>
    public RememberedArrival(PastArrival past, ArrivalLaw law, ReadOnlySpan<double> levels)
    {
        Weekday = past.SessionDate.DayOfWeek;
        var from = past.Interval.After.TotalMinutes;
        var to = Math.Min(past.Interval.By?.TotalMinutes ?? double.PositiveInfinity, law.Horizon.TotalMinutes);
        if (to <= from)
        {
            Missing = 1;
            Points = [];
        }
        else
        {
            var before = law.Cumulative(from);
            var inside = law.Cumulative(to) - before;
            Missing = past.Interval.By is null ? law.Missing / Math.Max(law.Missing + inside, Impossible) : 0;
            Points = new double[(int)Math.Clamp(Math.Ceiling((to - from) / MinutesPerPoint), 1, PointsAtMost)];
            for (var i = 0; i < Points.Length; i++)
            {
                var share = (i + 0.5) / Points.Length;
                Points[i] = inside < Impossible ? from + (share * (to - from)) : Math.Clamp(law.MinutesAt(before + (share * inside)), from, to);
            }
        }

        Mean = Points.Length == 0 ? 0 : Points.Average();
        _levels = [.. levels];
        if (levels.IsEmpty)
        {
            _levels = new double[MovingLevels.Room];
            _levels.AsSpan(..^VendorClocks.Count).Fill(Mean);
        }

        VendorClocks.Read(past.Close, Middle, _clocks);
    }

    public DayOfWeek Weekday { get; }

    /// <summary>Minutes since the close; each carries the same part of what is not missing.</summary>
    public double[] Points { get; }

    /// <summary>The middle of the points, zero where it is missing altogether.</summary>
    public double Middle => Points.Length == 0 ? 0 : Points[Points.Length / 2];

    /// <summary>The mean of the points, zero where it is missing altogether.</summary>
    public double Mean { get; }

    /// <summary>The probability that it did not arrive before the horizon.</summary>
    public double Missing { get; }

    /// <summary>The levels of its day in minutes since its close, one row a level, one column a clock.</summary>
    public ReadOnlySpan<double> Levels => _levels.AsSpan(..^VendorClocks.Count);

    /// <summary>What its weekday had added to the levels of its day, one a clock.</summary>
    public ReadOnlySpan<double> Offsets => _levels.AsSpan(^VendorClocks.Count..);

    /// <summary>What each clock showed at the close.</summary>
    public ReadOnlySpan<double> Clocks => _clocks;
}
