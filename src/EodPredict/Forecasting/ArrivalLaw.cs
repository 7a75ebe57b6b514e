namespace EodPredict.Forecasting;

/// <summary>
/// A forecast of one arrival: a probability for each window of time since the close, and a share for "not before the horizon".
/// Inside a window the probability is spread evenly. Immutable, so any number of threads may share it.
/// </summary>
public sealed class ArrivalLaw
{
    private const double Impossible = 1e-9;
    private const double ShareStillMissingWhenSurprised = 0.1;

    private readonly double[] _edges;
    private readonly double[] _cumulative;
    private readonly double[] _moments;

    /// <summary>Makes a law from weights, which need not sum to one.</summary>
    /// <param name="edges">The windows' edges in minutes since the close, not negative, strictly increasing. The last is the horizon.</param>
    /// <param name="weights">The weight of each window, one fewer than edges, none negative.</param>
    /// <param name="missing">The weight of "not before the horizon", not negative.</param>
    /// <exception cref="ArgumentException">The edges do not increase, a weight is negative or not a number, or all weights are zero.</exception>
    public ArrivalLaw(ReadOnlySpan<double> edges, ReadOnlySpan<double> weights, double missing)
    {
        if (edges.Length == 0 || weights.Length != edges.Length - 1 || !(edges[0] >= 0) || !(missing >= 0))
        {
            throw new ArgumentException($"A law needs edges from zero on, one weight a window and a share not negative; it got "
                + $"{edges.Length} edges, {weights.Length} weights and a missing share of {missing}.", nameof(edges));
        }

        var total = missing;
        for (var i = 0; i < weights.Length; i++)
        {
            if (!(edges[i + 1] > edges[i]) || !(weights[i] >= 0))
            {
                throw new ArgumentException($"Window {i} from {edges[i]} to {edges[i + 1]} minutes with the weight {weights[i]} is no window.", nameof(edges));
            }

            total += weights[i];
        }

        if (!(total > 0) || double.IsInfinity(total))
        {
            throw new ArgumentException($"The weights of a law sum to {total}, not to something above zero.", nameof(weights));
        }

        _edges = edges.ToArray();
        _cumulative = new double[edges.Length];
        _moments = new double[edges.Length];
        for (var i = 0; i < weights.Length; i++)
        {
            var share = weights[i] / total;
            _cumulative[i + 1] = _cumulative[i] + share;
            _moments[i + 1] = _moments[i] + (share * (edges[i] + edges[i + 1]) / 2);
        }

        Missing = weights.Length == 0 ? 1 : missing / total;
    }

    /// <summary>The usual horizon: 48 hours.</summary>
    public static TimeSpan DefaultHorizon { get; } = TimeSpan.FromHours(48);

    /// <summary>The time since the close before which it certainly does not arrive, as far as this law knows.</summary>
    public TimeSpan Start => TimeSpan.FromMinutes(_edges[0]);

    /// <summary>The time since the close at which the law ends.</summary>
    public TimeSpan Horizon => TimeSpan.FromMinutes(_edges[^1]);

    /// <summary>The probability that it has not arrived by the horizon.</summary>
    public double Missing { get; }

    /// <summary>The windows' edges in minutes since the close.</summary>
    internal ReadOnlySpan<double> Edges => _edges;

    /// <summary>The probability that it arrives at the latest at this time since the close. Beyond the horizon: as at the horizon.</summary>
    public double ProbabilityBy(TimeSpan sinceClose) => Cumulative(sinceClose.TotalMinutes);

    /// <summary>The earliest time since the close by which it has arrived with this probability; null where that is beyond the horizon.</summary>
    /// <param name="probability">From 0 to 1.</param>
    public TimeSpan? Quantile(double probability)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(probability);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(probability, 1);
        return probability > _cumulative[^1] ? null : TimeSpan.FromMinutes(MinutesAt(probability));
    }

    /// <summary>
    /// The law, knowing that it is not there at this instant: cut there, the rest made to sum to one. Where the law had said that it
    /// must have come, the law was wrong, and the rest is broad: thinner the longer one waits, with a tenth for "not before the horizon".
    /// </summary>
    public ArrivalLaw GivenNotBy(TimeSpan sinceClose)
    {
        var from = sinceClose.TotalMinutes;
        if (from <= _edges[0])
        {
            return this;
        }

        if (from >= _edges[^1])
        {
            return new ArrivalLaw([from], [], 1);
        }

        var passed = Cumulative(from);
        if (1 - passed < Impossible)
        {
            return Broad(from, _edges[^1], ShareStillMissingWhenSurprised);
        }

        var first = WindowOf(from);
        var count = _edges.Length - first;
        var edges = new double[count];
        var weights = new double[count - 1];
        edges[0] = from;
        for (var i = 1; i < count; i++)
        {
            edges[i] = _edges[first + i];
            weights[i - 1] = Math.Max(0, _cumulative[first + i] - (i == 1 ? passed : _cumulative[first + i - 1]));
        }

        return new ArrivalLaw(edges, weights, Missing);
    }

    /// <summary>
    /// The law, knowing that a cheap signal said "not there" at this instant: what should have come by then counts only by the
    /// probability that the signal misses data that is there.
    /// </summary>
    /// <param name="sinceClose">When the signal was asked, as time since the close.</param>
    /// <param name="missRate">The probability that the signal says "not there" although it is, from 0 to 1.</param>
    public ArrivalLaw GivenSignalNotBy(TimeSpan sinceClose, double missRate)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(missRate);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(missRate, 1);
        var at = Math.Clamp(sinceClose.TotalMinutes, _edges[0], _edges[^1]);
        if (missRate == 0 || at <= _edges[0])
        {
            return GivenNotBy(sinceClose);
        }

        var edges = new List<double>(_edges.Length + 1);
        edges.AddRange(_edges);
        var place = edges.BinarySearch(at);
        if (place < 0)
        {
            edges.Insert(~place, at);
        }

        var weights = new double[edges.Count - 1];
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = (Cumulative(edges[i + 1]) - Cumulative(edges[i])) * (edges[i + 1] <= at ? missRate : 1);
        }

        return new ArrivalLaw(edges.ToArray(), weights, Missing);
    }

    /// <summary>The law as people see it: one score for each window of this length, from the close to the horizon.</summary>
    public IReadOnlyList<WindowScore> Scores(TimeSpan window)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(window, TimeSpan.Zero);
        var scores = new List<WindowScore>();
        for (var from = TimeSpan.Zero; from < Horizon; from += window)
        {
            var to = from + window < Horizon ? from + window : Horizon;
            scores.Add(new WindowScore(from, to, ProbabilityBy(to) - ProbabilityBy(from)));
        }

        return scores;
    }

    /// <summary>The mean time of arrival, given that it comes after the first and at the latest at the second time; null where it cannot.</summary>
    public TimeSpan? MeanWithin(TimeSpan after, TimeSpan by)
    {
        var mass = ProbabilityBy(by) - ProbabilityBy(after);
        return mass <= 0 ? null : TimeSpan.FromMinutes((Moment(by.TotalMinutes) - Moment(after.TotalMinutes)) / mass);
    }

    /// <summary>The probability that the law gave to what became known of the arrival.</summary>
    public double ProbabilityOf(ArrivalInterval interval) =>
        interval.By is { } by ? ProbabilityBy(by) - ProbabilityBy(interval.After) : 1 - ProbabilityBy(interval.After);

    /// <summary>The interval log score, -ln(F(By) - F(After)): how surprised the law was. Smaller is better; never infinite.</summary>
    public double LogScore(ArrivalInterval interval) => -Math.Log(Math.Max(ProbabilityOf(interval), Impossible));

    /// <summary>
    /// The law with these quantiles, spread evenly between them; what lies beyond the outer ones as far out as their neighbours lie inside.
    /// </summary>
    /// <param name="probabilities">Rising, between 0 and 1.</param>
    /// <param name="minutes">As many minutes since the close.</param>
    /// <returns>Null where they do not rise: what is kept of a law that was wholly wrong, or none.</returns>
    internal static ArrivalLaw? FromQuantiles(IReadOnlyList<double> probabilities, IReadOnlyList<double> minutes)
    {
        if (minutes.Count != probabilities.Count || minutes.Count < 2 || minutes.Zip(minutes.Skip(1)).Any(pair =>
            !(pair.Second > pair.First)))
        {
            return null;
        }

        var first = Math.Max(0, (2 * minutes[0]) - minutes[1]);
        double[] edges = [.. first < minutes[0] ? [first] : Array.Empty<double>(), .. minutes, (2 * minutes[^1]) - minutes[^2]];
        double[] at = [.. first < minutes[0] ? [0] : Array.Empty<double>(), .. probabilities, 1];
        return new ArrivalLaw(edges, [.. at.Zip(at.Skip(1), (before, here) => here - before)], 0);
    }

    /// <summary>A law that knows little: from one time to another, with a density that falls as 1 / (an hour + the time waited).</summary>
    internal static ArrivalLaw Broad(double from, double to, double missing)
    {
        const int windows = 96;
        const double hour = 60;
        Span<double> edges = stackalloc double[windows + 1];
        Span<double> weights = stackalloc double[windows];
        var growth = Math.Log(1 + ((to - from) / hour)) / windows;
        for (var i = 0; i <= windows; i++)
        {
            edges[i] = i == windows ? to : from + (hour * (Math.Exp(growth * i) - 1));
        }

        weights.Fill((1 - missing) / windows);
        return new ArrivalLaw(edges, weights, missing);
    }

    /// <summary>The probability that it arrives at the latest at this many minutes since the close.</summary>
    internal double Cumulative(double minutes)
    {
        if (minutes <= _edges[0])
        {
            return 0;
        }

        if (minutes >= _edges[^1])
        {
            return _cumulative[^1];
        }

        var i = WindowOf(minutes);
        return _cumulative[i] + ((_cumulative[i + 1] - _cumulative[i]) * (minutes - _edges[i]) / (_edges[i + 1] - _edges[i]));
    }

    /// <summary>Adds this law at a weight to windows of a minute, the first of which begins at the close.</summary>
    internal void AddTo(Span<double> minutes, double weight)
    {
        for (var i = 0; i + 1 < _edges.Length; i++)
        {
            var (from, to) = (_edges[i], _edges[i + 1]);
            var density = weight * (_cumulative[i + 1] - _cumulative[i]) / (to - from);
            for (var minute = (int)from; minute < Math.Min(to, minutes.Length); minute++)
            {
                minutes[minute] += density * (Math.Min(to, minute + 1) - Math.Max(from, minute));
            }
        }
    }

    /// <summary>The integral of t dF(t) up to this many minutes since the close.</summary>
    internal double Moment(double minutes)
    {
        if (minutes <= _edges[0])
        {
            return 0;
        }

        if (minutes >= _edges[^1])
        {
            return _moments[^1];
        }

        var i = WindowOf(minutes);
        var share = (_cumulative[i + 1] - _cumulative[i]) * (minutes - _edges[i]) / (_edges[i + 1] - _edges[i]);
        return _moments[i] + (share * (_edges[i] + minutes) / 2);
    }

    /// <summary>The earliest minute since the close with at least this probability, which must not exceed that of the horizon.</summary>
    internal double MinutesAt(double probability)
    {
        if (probability <= 0)
        {
            return _edges[0];
        }

        // The first edge whose cumulative probability reaches it: never the first of all, whose probability is zero.
        var (low, high) = (1, _cumulative.Length - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_cumulative[middle] < probability)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        var (before, here) = (_cumulative[low - 1], _cumulative[low]);
        return here <= before ? _edges[low] : Math.Min(_edges[low], _edges[low - 1] + ((_edges[low] - _edges[low - 1]) * (probability - before) / (here - before)));
    }

    // The window that holds these minutes, which lie between the first edge and the last.
    private int WindowOf(double minutes)
    {
        var place = Array.BinarySearch(_edges, minutes);
        return place >= 0 ? Math.Min(place, _edges.Length - 2) : ~place - 1;
    }
}
