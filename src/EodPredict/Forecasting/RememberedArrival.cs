namespace EodPredict.Forecasting;

/// <summary>One past session as the experts keep it: its probability spread over a few points of the interval that holds the arrival.</summary>
internal sealed class RememberedArrival
{
    private const int PointsAtMost = 6;
    private const double MinutesPerPoint = 1;

    private readonly double[] _clocks = new double[VendorClocks.Count];

    /// <param name="past">What is known of the session.</param>
    /// <param name="law">What was believed of it; the probability inside the interval is spread by it.</param>
    /// <param name="evenly">The share, from 0 to 1, that is spread evenly over the interval instead.</param>
    public RememberedArrival(PastArrival past, ArrivalLaw law, double evenly)
    {
        Weekday = past.SessionDate.DayOfWeek;
        DayNumber = past.SessionDate.DayNumber;
        var from = past.Interval.After.TotalMinutes;
        var horizon = law.Horizon.TotalMinutes;
        var to = Math.Min(past.Interval.By?.TotalMinutes ?? horizon, horizon);
        if (to <= from)
        {
            Missing = 1;
            Points = [];
        }
        else
        {
            var (before, inside) = (law.Cumulative(from), law.Cumulative(to) - law.Cumulative(from));
            Missing = past.Interval.By is null ? law.Missing / Math.Max(law.Missing + inside, 1e-12) : 0;
            Points = new double[(int)Math.Clamp(Math.Ceiling((to - from) / MinutesPerPoint), 1, PointsAtMost)];
            var even = inside < 1e-9 ? 1 : evenly;
            for (var i = 0; i < Points.Length; i++)
            {
                Points[i] = Place((i + 0.5) / Points.Length, law, from, to, before, inside, even);
            }
        }

        VendorClocks.Read(past.Close, Middle, _clocks);
    }

    public DayOfWeek Weekday { get; }

    public int DayNumber { get; }

    /// <summary>Minutes since the close; each carries the same part of what is not missing.</summary>
    public double[] Points { get; }

    /// <summary>The middle of the points, zero where it is missing altogether.</summary>
    public double Middle => Points.Length == 0 ? 0 : Points[Points.Length / 2];

    /// <summary>The probability that it did not arrive before the horizon.</summary>
    public double Missing { get; }

    /// <summary>What each clock showed at the close.</summary>
    public ReadOnlySpan<double> Clocks => _clocks;

    // Where this share of the probability inside the interval has passed: bisection, since law and even spread are mixed.
    private static double Place(double share, ArrivalLaw law, double from, double to, double before, double inside, double even)
    {
        if (even == 0)
        {
            return Math.Clamp(law.MinutesAt(before + (share * inside)), from, to);
        }

        var (low, high) = (from, to);
        for (var i = 0; i < 20 && high - low > 0.01; i++)
        {
            var middle = (low + high) / 2;
            var passed = even * (middle - from) / (to - from);
            if (even < 1)
            {
                passed += (1 - even) * (law.Cumulative(middle) - before) / inside;
            }

            if (passed < share)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return (low + high) / 2;
    }
}
