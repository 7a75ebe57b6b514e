namespace EodPredict.Forecasting.Nowcasting;

/// <summary>
/// The nowcast of one group on one session date: how probable each common shift is, given what the members' checks have told so far.
/// Shifts are cells of minutes since the close. Not safe for several threads at once.
/// </summary>
internal sealed class ShiftBelief
{
    private const double WidestCell = 10;
    private const double Impossible = 1e-9;

    // Members of a group have more in common than their shift, so each one's word counts for less than the whole.
    private const double WordOfOne = 0.7;

    private readonly double[] _edges;
    private readonly double[] _prior;
    private readonly double[] _sum;
    private readonly Dictionary<ArrivalSeries, double[]> _told = [];
    private double[]? _known;

    /// <param name="prior">The law of the shift before any member told anything.</param>
    public ShiftBelief(ArrivalLaw prior)
    {
        var edges = new List<double> { prior.Edges[0] };
        foreach (var edge in prior.Edges[1..])
        {
            var from = edges[^1];
            var parts = (int)Math.Ceiling((edge - from) / WidestCell);
            for (var p = 1; p <= parts; p++)
            {
                edges.Add(p == parts ? edge : from + ((edge - from) * p / parts));
            }
        }

        _edges = [.. edges];
        _prior = new double[_edges.Length - 1];
        _sum = new double[_prior.Length];
        for (var c = 0; c < _prior.Length; c++)
        {
            _prior[c] = Math.Max(Impossible, prior.Cumulative(_edges[c + 1]) - prior.Cumulative(_edges[c]));
        }
    }

    /// <summary>The cells' edges, in minutes since the close.</summary>
    public ReadOnlySpan<double> Edges => _edges;

    /// <summary>Whether any member has told anything.</summary>
    public bool IsTold => _told.Count > 0;

    /// <summary>What a member's checks have revealed so far; replaces what it told before.</summary>
    /// <param name="session">The member's session.</param>
    /// <param name="interval">When it came, or, without an end, when it had not come yet.</param>
    public void Tell(WatchedSession session, ArrivalInterval interval)
    {
        if (!_told.TryGetValue(session.Series, out var told))
        {
            _told[session.Series] = told = new double[_prior.Length];
        }

        _known = null;
        var alone = (1 - session.Follows) * session.Own.ProbabilityOf(interval);
        for (var c = 0; c < told.Length; c++)
        {
            var after = interval.After > TimeSpan.Zero ? session.MeanByIn(interval.After, _edges[c], _edges[c + 1]) : 0;
            var by = interval.By is { } end ? session.MeanByIn(end, _edges[c], _edges[c + 1]) : 1;
            var value = WordOfOne * Math.Log(Math.Max(Impossible, alone + (session.Follows * (by - after))));
            _sum[c] += value - told[c];
            told[c] = value;
        }
    }

    /// <summary>The probability of each cell, leaving one member's own word out.</summary>
    public double[] Without(ArrivalSeries member) => Posterior(_told.GetValueOrDefault(member));

    /// <summary>The minutes since the close by which the shift lies with this probability, by all that was told.</summary>
    public double Quantile(double probability) => Quantile(_known ??= Posterior(null), probability);

    /// <summary>The same with the cells' probabilities given.</summary>
    public double Quantile(ReadOnlySpan<double> cells, double probability)
    {
        var sum = 0.0;
        for (var c = 0; c < cells.Length; c++)
        {
            if (sum + cells[c] >= probability)
            {
                return _edges[c] + ((_edges[c + 1] - _edges[c]) * (probability - sum) / Math.Max(double.Epsilon, cells[c]));
            }

            sum += cells[c];
        }

        return _edges[^1];
    }

    private double[] Posterior(double[]? leftOut)
    {
        var cells = new double[_prior.Length];
        var most = double.NegativeInfinity;
        for (var c = 0; c < cells.Length; c++)
        {
            cells[c] = _sum[c] - (leftOut?[c] ?? 0);
            most = Math.Max(most, cells[c]);
        }

        var total = 0.0;
        for (var c = 0; c < cells.Length; c++)
        {
            cells[c] = _prior[c] * Math.Exp(cells[c] - most);
            total += cells[c];
        }

        for (var c = 0; c < cells.Length; c++)
        {
            cells[c] /= total;
        }

        return cells;
    }
}
