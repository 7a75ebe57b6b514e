namespace EodPredict.Forecasting.Nowcasting;

/// <summary>
/// A series' law with its group's shift as known now: the law of the distance, moved by every probable shift, and the series' own law for
/// the case that it does not follow its group today.
/// </summary>
internal static class NowcastLaw
{
    private const double FinestWindow = 0.5;
    private const double Negligible = 1e-4;

    /// <param name="session">The session, which has a group.</param>
    /// <param name="edges">The cells of the shift, in minutes since the close.</param>
    /// <param name="cells">Their probabilities.</param>
    public static ArrivalLaw Build(WatchedSession session, ReadOnlySpan<double> edges, ReadOnlySpan<double> cells)
    {
        var zero = session.Tie!.Zero;
        var shifts = LawPoints.Of(edges, cells);
        var distances = LawPoints.Of(session.Distance!);

        // The narrower of the two is cut into points, each of which moves a copy of the wider; so windows are as fine as the wider needs.
        var shiftIsNarrow = shifts.Spread <= distances.Spread;
        var ends = shiftIsNarrow
            ? Ends(session.Own, session.Distance!.Edges, [], shifts.Median - zero)
            : Ends(session.Own, edges, cells, distances.Median - zero);
        var by = new double[ends.Length];
        if (shiftIsNarrow)
        {
            for (var p = 0; p < shifts.Places.Length; p++)
            {
                for (var t = 0; t < ends.Length; t++)
                {
                    by[t] += shifts.Shares[p] * session.ByAt(ends[t], shifts.Places[p]);
                }
            }
        }
        else
        {
            var table = new MinuteTable(new ArrivalLaw(edges, cells, 0), 0);
            for (var p = 0; p < distances.Places.Length; p++)
            {
                for (var t = 0; t < ends.Length; t++)
                {
                    by[t] += distances.Shares[p] * table.Cumulative(ends[t] - distances.Places[p] + zero);
                }
            }
        }

        return Join(session, ends, by);
    }

    // What would have come before the close is spread over the rest.
    private static ArrivalLaw Join(WatchedSession session, double[] ends, double[] by)
    {
        var scale = session.Follows / Math.Max(Negligible, 1 - by[0]);
        var weights = new double[ends.Length - 1];
        var before = 0.0;
        for (var t = 1; t < ends.Length; t++)
        {
            var now = (scale * (by[t] - by[0])) + ((1 - session.Follows) * session.Own.Cumulative(ends[t]));
            weights[t - 1] = Math.Max(0, now - before);
            before = now;
        }

        return new ArrivalLaw(ends, weights, Math.Max(0, 1 - before));
    }

    private static double[] Ends(ArrivalLaw own, ReadOnlySpan<double> edges, ReadOnlySpan<double> cells, double move)
    {
        var horizon = own.Edges[^1];
        var marks = new List<double>(own.Edges.Length + edges.Length);
        marks.AddRange(own.Edges[..^1]);
        for (var e = 0; e < edges.Length; e++)
        {
            if (edges[e] + move is > 0 and var mark && mark < horizon && (e >= cells.Length || cells[e] > Negligible))
            {
                marks.Add(mark);
            }
        }

        marks.Sort();
        var kept = new List<double>(marks.Count) { marks[0] };
        foreach (var mark in marks)
        {
            if (mark >= kept[^1] + FinestWindow && mark <= horizon - FinestWindow)
            {
                kept.Add(mark);
            }
        }

        kept.Add(horizon);
        return [.. kept];
    }
}
