namespace EodPredict.Scraping.Forecast;

/// <summary>
/// The plain forecast of an endpoint's limit, from what was seen of it by one instant: a level, by what each weekday and each window of the
/// day differ from it, each believed by how much was seen of it, and how far the last windows were off. Later days weigh more, and a day
/// out of line less. A window in which the limit was not met counts only where it exceeds what is expected. Pure and immutable.
/// </summary>
internal sealed class LimitProfile
{
    private const double FadingDays = 12;
    private const double SlowHours = 24;
    private const double QuickHours = 1;
    private const double NeighbourShare = 0.12;
    private const double FewForWindow = 0.5;
    private const double FewForWeekday = 16;
    private const double FewForShift = 1;
    private const double LeastDeviation = 0.01;
    private const double Unknown = 0.3;
    private const double MostResidual = 1.5;
    private const int Passes = 3;

    private static readonly double[] Near =
        [.. Enumerable.Range(0, (LimitWindow.ADay / 2) + 1).Select(apart => Math.Pow(NeighbourShare, apart))];

    // What a weekday or a window of the day differs by is held against so many windows that differ by nothing.
    private readonly double[] _days = new double[7];
    private readonly double[] _windows = new double[LimitWindow.ADay];
    private readonly double[] _weights = new double[LimitWindow.ADay];
    private readonly List<(DateTimeOffset Begin, double Residual)> _residuals = [];
    private readonly double _between;

    private LimitProfile(IReadOnlyList<ObservedWindow> seen, DateTimeOffset now)
    {
        var known = seen.Where(one => one.IsTouched).ToList();
        Touched = known.Count;
        Days = known.Select(one => one.Begin.UtcDateTime.Date).Distinct().Count();
        Last = known[^1];
        var fading = known.ConvertAll(one => Math.Pow(0.5, (now - one.Begin).TotalDays / FadingDays));
        var doubt = known.ConvertAll(_ => 1.0);
        for (var pass = 0; pass < Passes; pass++)
        {
            Fit(known, fading, doubt);
            Deviation = Spread(known, fading);
            for (var i = 0; i < known.Count; i++)
            {
                doubt[i] = Math.Min(1, 2 * Deviation / Math.Max(1e-9, Math.Abs(known[i].Rate - Plain(known[i].Begin))));
            }

            if (pass == 0)
            {
                AddBounds(seen, now, known, fading, doubt);
            }
        }

        _between = Math.Sqrt(_windows.Zip(_weights, (offset, weight) => weight * offset * offset).Sum() / Math.Max(1e-9, _weights.Sum()));
        _residuals.AddRange(known.Select(one => (one.Begin, one.Rate - Plain(one.Begin))).OrderBy(one => one.Begin));
    }

    /// <summary>Windows in which the limit was met.</summary>
    public int Touched { get; }

    /// <summary>Days (UTC) on which it was.</summary>
    public int Days { get; }

    /// <summary>The last window in which it was.</summary>
    public ObservedWindow Last { get; }

    /// <summary>The mean over all windows and days.</summary>
    public double Level { get; private set; }

    /// <summary>By how much one window differs from what days and windows like it foretell.</summary>
    public double Deviation { get; private set; }

    /// <summary>Null where the limit was never met.</summary>
    /// <param name="seen">What was seen of one endpoint, rising.</param>
    /// <param name="now">The instant of the forecast; windows that begin later are left out.</param>
    public static LimitProfile? Of(IReadOnlyList<ObservedWindow> seen, DateTimeOffset now)
    {
        var past = seen.Where(one => one.Begin < now).ToList();
        return past.Exists(one => one.IsTouched) ? new LimitProfile(past, now) : null;
    }

    /// <summary>The forecast of the window of an instant.</summary>
    public LimitLaw Law(DateTimeOffset at)
    {
        var seen = SeenOf(at);
        var doubt = Math.Max(_between, 2 * Deviation);
        // Soon after a window that was seen, that one tells more than the time of day.
        var away = 1 - Math.Pow(0.5, Math.Max(0, (at - Last.Begin).TotalHours) / QuickHours);
        var variance = (Deviation * Deviation * (1 + (1 / (seen + 1))))
            + (away * ((doubt * doubt * FewForWindow / (FewForWindow + seen)) + (Unknown * Unknown / Touched / Touched)));
        return new LimitLaw(Plain(at) + Shift(at), Math.Sqrt(variance));
    }

    /// <summary>What days and windows alone foretell.</summary>
    public double Plain(DateTimeOffset at) => Level + OfWeekday(at) + _windows[LimitWindow.OfDay(at)];

    public double OfWeekday(DateTimeOffset at) => _days[(int)at.UtcDateTime.DayOfWeek];

    public double OfWindow(DateTimeOffset at) => _windows[LimitWindow.OfDay(at)];

    /// <summary>How many windows like it were seen, weighed by their age.</summary>
    public double SeenOf(DateTimeOffset at) => _weights[LimitWindow.OfDay(at)];

    /// <summary>How far the last windows were off, as far as that tells of this one: by the last hours, else by the last days.</summary>
    public double Shift(DateTimeOffset at)
    {
        double slow = 0, slowly = FewForShift, quick = 0, quickly = FewForShift;
        for (var i = _residuals.Count - 1; i >= 0; i--)
        {
            var hours = (at - _residuals[i].Begin).TotalHours;
            var weight = Math.Pow(0.5, hours / SlowHours);
            if (weight < 1e-2)
            {
                break;
            }

            var residual = Math.Clamp(_residuals[i].Residual, -MostResidual, MostResidual);
            (slow, slowly) = (slow + (weight * residual), slowly + weight);
            weight = Math.Pow(0.5, hours / QuickHours);
            (quick, quickly) = (quick + (weight * residual), quickly + weight);
        }

        return (quick + (FewForShift * slow / slowly)) / quickly;
    }

    /// <summary>The mean of how far the windows of the last days were off; not a number where there is none.</summary>
    public double OffLately(double days, DateTimeOffset now)
    {
        double sum = 0;
        var count = 0;
        for (var i = _residuals.Count - 1; i >= 0 && (now - _residuals[i].Begin).TotalDays < days; i--)
        {
            sum += _residuals[i].Residual;
            count++;
        }

        return count == 0 ? double.NaN : sum / count;
    }

    /// <summary>
    /// The mean of how far windows of about this time were off on the same weekday; not a number where there is none.
    /// </summary>
    public double OffOnWeekday(DateTimeOffset at)
    {
        var (day, window) = (at.UtcDateTime.DayOfWeek, LimitWindow.OfDay(at));
        double sum = 0;
        var count = 0;
        foreach (var (begin, residual) in _residuals)
        {
            if (begin.UtcDateTime.DayOfWeek == day && Math.Abs(LimitWindow.OfDay(begin) - window) <= 1)
            {
                sum += residual;
                count++;
            }
        }

        return count == 0 ? double.NaN : sum / count;
    }

    // Level, weekdays and windows of the day by turns.
    private void Fit(List<ObservedWindow> known, List<double> fading, List<double> doubt)
    {
        Level = Mean(known, fading, doubt, one => one.Rate - OfWeekday(one.Begin) - OfWindow(one.Begin));
        var (daySums, dayWeights) = (new double[7], new double[7]);
        for (var i = 0; i < known.Count; i++)
        {
            var day = (int)known[i].Begin.UtcDateTime.DayOfWeek;
            var weight = fading[i] * doubt[i];
            daySums[day] += weight * (known[i].Rate - Level - OfWindow(known[i].Begin));
            dayWeights[day] += weight;
        }

        for (var day = 0; day < 7; day++)
        {
            _days[day] = daySums[day] / (dayWeights[day] + FewForWeekday);
        }

        var (sums, weights) = (new double[LimitWindow.ADay], new double[LimitWindow.ADay]);
        for (var i = 0; i < known.Count; i++)
        {
            var window = LimitWindow.OfDay(known[i].Begin);
            var weight = fading[i] * doubt[i];
            sums[window] += weight * (known[i].Rate - Level - OfWeekday(known[i].Begin));
            weights[window] += weight;
        }

        for (var window = 0; window < LimitWindow.ADay; window++)
        {
            // What the windows beside it foretell counts as much as one half of a day's own: limits may turn at the hour.
            double sum = 0, weight = 0;
            for (var other = 0; other < LimitWindow.ADay; other++)
            {
                var near = other == window ? 0 : Near[LimitWindow.Apart(window, other)];
                sum += near * sums[other];
                weight += near * weights[other];
            }

            var beside = sum / (weight + FewForWindow);
            _windows[window] = (sums[window] + (FewForWindow * beside)) / (weights[window] + FewForWindow);
            _weights[window] = weights[window] + weight;
        }
    }

    // A bound below what is expected tells nothing; one above it, that the limit is there at least.
    private void AddBounds(
        IReadOnlyList<ObservedWindow> seen, DateTimeOffset now, List<ObservedWindow> known, List<double> fading, List<double> doubt)
    {
        foreach (var bound in seen.Where(one => !one.IsTouched && one.Low > Plain(one.Begin)))
        {
            known.Add(bound);
            fading.Add(Math.Pow(0.5, (now - bound.Begin).TotalDays / FadingDays));
            doubt.Add(1);
        }
    }

    // As if each window had not been part of what foretells it.
    private double Spread(List<ObservedWindow> known, List<double> fading)
    {
        double sum = 0, weights = 0;
        for (var i = 0; i < known.Count; i++)
        {
            var own = fading[i] / (SeenOf(known[i].Begin) + FewForWindow);
            sum += fading[i] * Math.Min(MostResidual, Math.Abs(known[i].Rate - Plain(known[i].Begin)) / Math.Max(0.3, 1 - own));
            weights += fading[i];
        }

        // The mean deviation of a normal law is 0.8 standard deviations.
        return Math.Max(LeastDeviation, sum / weights / 0.8);
    }

    private static double Mean(
        List<ObservedWindow> known, List<double> fading, List<double> doubt, Func<ObservedWindow, double> value)
    {
        double sum = 0, weights = 0;
        for (var i = 0; i < known.Count; i++)
        {
            sum += fading[i] * doubt[i] * value(known[i]);
            weights += fading[i] * doubt[i];
        }

        return sum / weights;
    }
}
