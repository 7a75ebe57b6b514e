namespace EodPredict.Forecasting.Nowcasting;

/// <summary>
/// A law on every whole minute of its range, so that it can be read at any shift without a search: its cumulative probability, and the
/// integral of that, which gives averages over a range of shifts. Linear inside a minute. Immutable.
/// </summary>
internal sealed class MinuteTable
{
    private readonly double[] _cumulative;
    private readonly double[] _integral;
    private readonly double _zero;

    /// <param name="law">The law.</param>
    /// <param name="zero">The minute of the law that this table calls zero.</param>
    public MinuteTable(ArrivalLaw law, double zero)
    {
        _zero = zero;
        var minutes = (int)Math.Ceiling(law.Horizon.TotalMinutes);
        _cumulative = new double[minutes + 1];
        _integral = new double[minutes + 1];
        var edges = law.Edges;
        var (window, from, by) = (1, 0.0, law.Cumulative(edges[1]));
        for (var k = 1; k <= minutes; k++)
        {
            for (; k > edges[window] && window < edges.Length - 1; window++)
            {
                (from, by) = (by, law.Cumulative(edges[window + 1]));
            }

            var share = Math.Clamp((k - edges[window - 1]) / (edges[window] - edges[window - 1]), 0, 1);
            _cumulative[k] = from + ((by - from) * share);
            _integral[k] = _integral[k - 1] + ((_cumulative[k - 1] + _cumulative[k]) / 2);
        }
    }

    /// <summary>P(at most x), x in minutes from zero.</summary>
    public double Cumulative(double x)
    {
        var place = x + _zero;
        if (place <= 0)
        {
            return 0;
        }

        var low = (int)place;
        return low >= _cumulative.Length - 1
            ? _cumulative[^1]
            : _cumulative[low] + ((_cumulative[low + 1] - _cumulative[low]) * (place - low));
    }

    /// <summary>The average of P(at most x) over x from one number of minutes to a greater one.</summary>
    public double MeanCumulative(double from, double to) => (Integral(to) - Integral(from)) / (to - from);

    private double Integral(double x)
    {
        var place = x + _zero;
        if (place <= 0)
        {
            return 0;
        }

        var low = (int)place;
        if (low >= _integral.Length - 1)
        {
            return _integral[^1] + ((place - _integral.Length + 1) * _cumulative[^1]);
        }

        var rest = place - low;
        return _integral[low] + (rest * (_cumulative[low] + (rest * (_cumulative[low + 1] - _cumulative[low]) / 2)));
    }
}
