namespace EodPredict.Forecasting;

/// <summary>
/// Weights of experts, moved by how probable each thought what happened. A step of 1 is Bayes' rule with a fixed share (Herbster and
/// Warmuth 1998: which expert is right now?); a small step learns the proportions in which several are right at once.
/// </summary>
internal sealed class WeightRule
{
    private readonly double[] _start;
    private readonly double[] _weights;
    private readonly double _step;
    private readonly double _share;

    /// <param name="start">The weights before anything is known, summing to one.</param>
    /// <param name="step">How far towards the posterior one outcome moves the weights, from 0 to 1.</param>
    /// <param name="share">
    /// How much leaks back to the start after an outcome, so that a forgotten expert can return, from 0 to 1; less the less the outcome
    /// surprised. What everybody knew, such as a find by a late check, teaches nothing and must not blur what was learned.
    /// </param>
    public WeightRule(double[] start, double step, double share)
    {
        (_start, _weights, _step, _share) = (start, [.. start], step, share);
    }

    public ReadOnlySpan<double> Weights => _weights;

    /// <summary>The probability that the experts together gave to the outcome.</summary>
    public double Probability(ReadOnlySpan<double> probabilities)
    {
        var sum = 0.0;
        for (var i = 0; i < _weights.Length; i++)
        {
            sum += _weights[i] * probabilities[i];
        }

        return sum;
    }

    /// <summary>Goes on from weights that were learned before.</summary>
    public void Restore(ReadOnlySpan<double> weights) => weights.CopyTo(_weights);

    /// <summary>Learns from one outcome.</summary>
    /// <param name="probabilities">What each expert gave to it.</param>
    public void Learn(ReadOnlySpan<double> probabilities)
    {
        var sum = Probability(probabilities);
        if (!(sum > 0))
        {
            return;
        }

        var leak = _share * Math.Max(0, 1 - sum);
        for (var i = 0; i < _weights.Length; i++)
        {
            var moved = ((1 - _step) * _weights[i]) + (_step * _weights[i] * probabilities[i] / sum);
            _weights[i] = ((1 - leak) * moved) + (leak * _start[i]);
        }
    }
}
