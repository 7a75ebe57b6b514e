namespace EodPredict.Forecasting;

/// <summary>
/// The belief that the provider's schedule has moved without being seen. A check that finds the data at once says only that it came
/// before: a move to an earlier hour would never show, and be paid for every session. So a little belief in a move is added each session,
/// spread over the horizon; outcomes that exclude a place take it away there, others leave it. What has not been excluded for long grows,
/// until a check of it costs less than it is worth: exploration at a price, and none at random.
/// </summary>
internal sealed class StepBelief
{
    // One move in 1,000 sessions to where no expert looks; a belief that the experts have had the time to take up fades in 200; one outcome
    // in 20 falls anywhere.
    private const double Hazard = 0.001;
    private const double Return = 0.005;
    private const double Tolerance = 0.05;

    // Half of the moves are taken to lead back to where arrivals were seen before, remembered over some 200 sessions.
    private const double Back = 0.5;
    private const double Fade = 0.005;
    private const double TellingMinutes = 180;
    private const double BinMinutes = 15;

    private readonly double[] _ground;
    private readonly double[] _moved;
    private readonly double[] _visited;
    private readonly double _horizon;

    /// <param name="prior">The law before anything is known; its horizon counts.</param>
    public StepBelief(ArrivalLaw prior)
    {
        _horizon = prior.Horizon.TotalMinutes;
        var bins = (int)Math.Ceiling(_horizon / BinMinutes);
        (_ground, _moved, _visited) = (new double[bins], new double[bins], new double[bins]);
        var broad = ArrivalLaw.Broad(0, _horizon, 0);
        for (var b = 0; b < bins; b++)
        {
            _ground[b] = broad.Cumulative((b + 1) * BinMinutes) - broad.Cumulative(b * BinMinutes);
        }

        _ground.CopyTo(_visited, 0);
    }

    /// <summary>The probability that the schedule stands where no expert looks.</summary>
    public double Moved { get; private set; }

    /// <summary>Takes in one outcome.</summary>
    /// <param name="interval">What became known.</param>
    /// <param name="expected">The probability that the experts had given to it.</param>
    public void Learn(ArrivalInterval interval, double expected)
    {
        var from = interval.After.TotalMinutes;
        var to = interval.By?.TotalMinutes ?? double.PositiveInfinity;
        var broad = Math.Max(0, Math.Min(to, _horizon) - from) / _horizon;
        var (moved, seen) = (0.0, 0.0);
        for (var b = 0; b < _moved.Length; b++)
        {
            var inside = Inside(b, from, to);
            _moved[b] *= ((1 - Tolerance) * inside) + (Tolerance * broad);
            moved += _moved[b];
            seen += inside;
        }

        var stayed = (1 - Moved) * expected;
        var total = Math.Max(stayed + moved, 1e-12);
        stayed /= total;
        Moved = 0;
        for (var b = 0; b < _moved.Length; b++)
        {
            var place = ((1 - Back) * _ground[b]) + (Back * _visited[b]);
            _moved[b] = ((1 - Return) * _moved[b] / total) + (Hazard * stayed * place);
            Moved += _moved[b];
            if (seen is > 0 and < TellingMinutes / BinMinutes)
            {
                _visited[b] = ((1 - Fade) * _visited[b]) + (Fade * Inside(b, from, to) / seen);
            }
        }
    }

    /// <summary>The law of what the experts do not say: the moved schedule and the prior, at their weights.</summary>
    public ArrivalLaw Ground(ArrivalLaw prior, double priorWeight)
    {
        if (Moved <= 0)
        {
            return prior;
        }

        var edges = new double[_moved.Length + 1];
        var weights = new double[_moved.Length];
        for (var b = 0; b < weights.Length; b++)
        {
            edges[b + 1] = Math.Min(_horizon, (b + 1) * BinMinutes);
            weights[b] = _moved[b] + (priorWeight * (prior.Cumulative(edges[b + 1]) - prior.Cumulative(edges[b])));
        }

        return new ArrivalLaw(edges, weights, priorWeight * prior.Missing);
    }

    // The share of a bin that lies in the interval.
    private static double Inside(int bin, double from, double to)
    {
        var start = bin * BinMinutes;
        return Math.Clamp((Math.Min(to, start + BinMinutes) - Math.Max(from, start)) / BinMinutes, 0, 1);
    }
}
