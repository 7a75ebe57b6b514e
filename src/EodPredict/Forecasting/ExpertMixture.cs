namespace EodPredict.Forecasting;

/// <summary>
/// The arrival law of one ticker from its own past: experts, each a kernel around past arrivals with its own memory and width, on each of
/// the clocks that the provider may keep, weighted by how well each foretold what its checks revealed. Nothing is fitted to a provider.
/// Keeps its state between sessions, so that learning one and forecasting the next is cheap. Not safe for several threads at once.
/// </summary>
public sealed class ExpertMixture
{
    private const int SessionsRemembered = 250;
    private const double StartOfPrior = 0.02;
    private const double Floor = 1e-7;

    // What is believed whatever was learned, by how many sessions were. The belief in a step is beside it: 1 / (sessions + 1) would be paid twice.
    private const double FadeOfPrior = 1.5;

    private readonly ArrivalLaw _prior;
    private readonly List<RememberedArrival> _past = [];
    private readonly WeightRule[] _rules;
    private readonly WeightRule _rulesTrust;
    private readonly WeightRule _clocks;
    private readonly StepBelief _steps;

    /// <param name="prior">What is believed before anything is seen; its horizon is that of every forecast.</param>
    public ExpertMixture(ArrivalLaw prior)
    {
        ArgumentNullException.ThrowIfNull(prior);
        _prior = prior;
        _steps = new(prior);
        var start = new double[ExpertPanel.Count + 1];
        Array.Fill(start, (1 - StartOfPrior) / ExpertPanel.Count);
        start[^1] = StartOfPrior;
        _rules = [new(start, 1, 0.03), new(start, 0.2, 0.01), new(start, 0.02, 0.002)];
        _rulesTrust = new([1 / 3.0, 1 / 3.0, 1 / 3.0], 1, 0.01);
        _clocks = new([0.25, 0.25, 0.25, 0.25], 1, 0.002);
    }

    /// <summary>The law of one session from a ticker's whole history, oldest first.</summary>
    public static ArrivalLaw Forecast(IReadOnlyList<PastArrival> history, DateOnly sessionDate, DateTimeOffset close, ArrivalLaw prior)
    {
        ArgumentNullException.ThrowIfNull(history);
        var mixture = new ExpertMixture(prior);
        foreach (var past in history.Skip(Math.Max(0, history.Count - SessionsRemembered)))
        {
            mixture.Learn(past);
        }

        return mixture.Forecast(sessionDate, close);
    }

    /// <summary>Takes in what became known of one session.</summary>
    public void Learn(PastArrival past) => Learn(past, Forecast(past.SessionDate, past.Close));

    /// <summary>Takes in what became known of one session, spread over its interval by a law that may know more than this mixture does.</summary>
    internal void Learn(PastArrival past, ArrivalLaw law)
    {
        if (_past.Count == 0)
        {
            _past.Add(new RememberedArrival(past, law, []));
            return;
        }

        var carried = new ArrivalMoves(_past, past.SessionDate, past.Close, _prior.Horizon, stackalloc double[ArrivalMoves.Room]);
        Weigh(past, carried);
        _past.Add(new RememberedArrival(past, law, carried.Levels));
        if (_past.Count > SessionsRemembered)
        {
            _past.RemoveAt(0);
        }
    }

    /// <summary>The law of a session that closes at this instant.</summary>
    public ArrivalLaw Forecast(DateOnly sessionDate, DateTimeOffset close)
    {
        if (_past.Count == 0)
        {
            return _prior;
        }

        Span<double> experts = stackalloc double[ExpertPanel.Count + 1];
        Weights(experts);
        var prior = Math.Max(experts[^1], Math.Pow(_past.Count + 1, -FadeOfPrior)) * (1 - _steps.Moved);
        var scale = (1 - prior - _steps.Moved) / (1 - experts[^1]);
        for (var e = 0; e < ExpertPanel.Count; e++)
        {
            experts[e] *= scale;
        }

        return ExpertLaw.Build(_past, sessionDate, close, experts[..^1], _clocks.Weights, _steps.Ground(_prior, prior));
    }

    private void Weights(Span<double> experts)
    {
        experts.Clear();
        for (var r = 0; r < _rules.Length; r++)
        {
            for (var e = 0; e < experts.Length; e++)
            {
                experts[e] += _rulesTrust.Weights[r] * _rules[r].Weights[e];
            }
        }
    }

    // Moves the weights by what each expert, each rule and each clock had thought of the outcome.
    private void Weigh(PastArrival outcome, ArrivalMoves carried)
    {
        var count = ExpertPanel.Count;
        Span<double> weights = stackalloc double[count + 1];
        Span<double> together = stackalloc double[count + 1];
        Span<double> onClock = stackalloc double[count + 1];
        Span<double> clocks = stackalloc double[VendorClocks.Count];
        var all = new double[VendorClocks.Count * count];
        ExpertScores.Fill(_past, outcome, carried, all);
        Weights(weights);
        together.Clear();
        for (var c = 0; c < clocks.Length; c++)
        {
            all.AsSpan(c * count, count).CopyTo(onClock);
            onClock[^1] = _prior.ProbabilityOf(outcome.Interval);
            SpeakForTheAbsent(onClock, weights);
            for (var e = 0; e <= count; e++)
            {
                clocks[c] += weights[e] * onClock[e];
                together[e] += _clocks.Weights[c] * onClock[e];
            }
        }

        Span<double> rules = stackalloc double[_rules.Length];
        for (var r = 0; r < _rules.Length; r++)
        {
            rules[r] = _rules[r].Probability(together);
            _rules[r].Learn(together);
        }

        _steps.Learn(outcome.Interval, _rulesTrust.Probability(rules));
        _rulesTrust.Learn(rules);
        _clocks.Learn(clocks);
    }

    // An expert that abstains is taken to think as the others do together, so that its weight stays.
    private static void SpeakForTheAbsent(Span<double> probabilities, ReadOnlySpan<double> weights)
    {
        var (sum, weight) = (0.0, 0.0);
        for (var e = 0; e < probabilities.Length; e++)
        {
            if (probabilities[e] >= 0)
            {
                sum += weights[e] * probabilities[e];
                weight += weights[e];
            }
        }

        for (var e = 0; e < probabilities.Length; e++)
        {
            probabilities[e] = Math.Max(Floor, probabilities[e] >= 0 ? probabilities[e] : sum / weight);
        }
    }
}
