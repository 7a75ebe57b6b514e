using EodPredict.Forecasting;

namespace EodPredict.Availability;

/// <summary>The candidates of a plan: node 0 is "now, nothing found", node 1 the earliest check, the last one the horizon.</summary>
internal readonly ref struct PlanNodes(
    Span<double> times, Span<double> arrived, Span<double> moments, Span<double> costs, Span<int> next, Span<int> signals)
{
    // Two checks are at least a second apart.
    private const double Second = 1 / 60.0;

    /// <summary>Minutes since the close.</summary>
    public Span<double> Times { get; } = times;

    /// <summary>The probability of having arrived.</summary>
    public Span<double> Arrived { get; } = arrived;

    /// <summary>The integral of t dF(t), where what came before the earliest check counts as coming at it: that waiting is past choice.</summary>
    public Span<double> Moments { get; } = moments;

    /// <summary>The least expected cost from here on, times the probability of getting here.</summary>
    public Span<double> Costs { get; } = costs;

    /// <summary>The node of the next check.</summary>
    public Span<int> Next { get; } = next;

    /// <summary>The signal asked there, or -1 for a GET.</summary>
    public Span<int> Signals { get; } = signals;

    /// <summary>Chooses the candidates: the law's own edges, thinned evenly in probability and waiting where they are too many.</summary>
    /// <returns>The number of nodes.</returns>
    public int Place(ArrivalLaw law, double earliest, double horizon, double? deadline, int atMost)
    {
        var count = Add(0, law, earliest, earliest, true);
        if (horizon <= earliest)
        {
            return Add(count, law, earliest, earliest, false);
        }

        count = Add(count, law, earliest, earliest, false);
        var edges = law.Edges;
        var first = 0;
        while (first < edges.Length && edges[first] <= earliest + Second)
        {
            first++;
        }

        var end = first;
        while (end < edges.Length && edges[end] < horizon)
        {
            end++;
        }

        // Waiting for the next candidate costs by a window's probability times its width; few candidates stand where either is small.
        var wanted = Math.Max(1, atMost - 2);
        var (step, since) = (0.0, 0.0);
        for (var i = first; i < end && end - first > wanted; i++)
        {
            step += Weight(law, edges, i) / wanted;
        }

        for (var i = first; i < end; i++)
        {
            since += Weight(law, edges, i);
            if (end - first > wanted && (since < step || since <= 0))
            {
                continue;
            }

            since -= step;
            if (deadline is { } due && due > Times[count - 1] && due < edges[i] && due > earliest)
            {
                count = Add(count, law, due, earliest, false);
            }

            count = Add(count, law, edges[i], earliest, false);
        }

        if (deadline is { } late && late > Times[count - 1] && late < horizon)
        {
            count = Add(count, law, late, earliest, false);
        }

        return Add(count, law, horizon, earliest, false);
    }

    /// <summary>The probability of having arrived by the deadline, which is one of the candidates, or lies before them.</summary>
    public double ArrivedBy(double deadline, int count)
    {
        var at = Times[1..count].BinarySearch(deadline);
        return at >= 0 ? Arrived[at + 1] : 0;
    }

    private static double Weight(ArrivalLaw law, ReadOnlySpan<double> edges, int i) =>
        i == 0 ? 0 : Math.Sqrt((law.Cumulative(edges[i]) - law.Cumulative(edges[i - 1])) * (edges[i] - edges[i - 1]));

    private int Add(int index, ArrivalLaw law, double time, double earliest, bool isNow)
    {
        Times[index] = time;
        Arrived[index] = isNow ? 0 : law.Cumulative(time);
        Moments[index] = isNow ? 0 : (earliest * law.Cumulative(earliest)) + law.Moment(time) - law.Moment(earliest);
        return index + 1;
    }
}
