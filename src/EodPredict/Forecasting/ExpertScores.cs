namespace EodPredict.Forecasting;

/// <summary>What each expert thought of an outcome before it was known.</summary>
internal static class ExpertScores
{
    /// <summary>Fills the probability that each expert gave to the outcome, on each clock. An expert without memory abstains: a negative number.</summary>
    /// <param name="past">What was known then, oldest first; not empty.</param>
    /// <param name="outcome">The session and what became known of it.</param>
    /// <param name="horizon">How long a session is watched.</param>
    /// <param name="probabilities">One row a clock, one column an expert.</param>
    public static void Fill(IReadOnlyList<RememberedArrival> past, PastArrival outcome, TimeSpan horizon, Span<double> probabilities)
    {
        var counts = new double[ExpertPanel.Memories.Length * past.Count];
        ExpertPanel.Recall(past, outcome.SessionDate, counts);
        probabilities.Clear();
        var from = outcome.Interval.After.TotalMinutes;
        var to = outcome.Interval.By?.TotalMinutes ?? double.PositiveInfinity;
        var kernels = ExpertPanel.Kernels.Length;
        Span<double> moves = stackalloc double[ArrivalMoves.Count];
        Span<int> sameAs = stackalloc int[ArrivalMoves.Count];
        Span<double> hits = stackalloc double[ArrivalMoves.Count * kernels];
        var carried = new ArrivalMoves(past, outcome.Close, horizon, stackalloc double[ArrivalMoves.Count]);
        for (var j = 0; j < past.Count; j++)
        {
            carried.Of(past[j], moves, sameAs);
            for (var at = 0; at < moves.Length; at++)
            {
                if (sameAs[at] == at % VendorClocks.Count)
                {
                    Hit(past[j], from - moves[at], to - moves[at], from <= 0, hits.Slice(at * kernels, kernels));
                }
            }

            for (var c = 0; c < VendorClocks.Count; c++)
            {
                for (var m = 0; m < ExpertPanel.Memories.Length; m++)
                {
                    var row = ExpertPanel.Memories[m].Carried * VendorClocks.Count;
                    var hit = hits.Slice((row + sameAs[row + c]) * kernels, kernels);
                    var count = counts[(m * past.Count) + j];
                    var target = probabilities.Slice((c * ExpertPanel.Count) + (m * kernels), kernels);
                    for (var k = 0; k < kernels && count > 0; k++)
                    {
                        target[k] += count * hit[k];
                    }
                }
            }
        }

        Abstain(counts, past.Count, probabilities);
    }

    // The probability of each kernel around one past arrival in the interval, moved onto the past session's clock.
    private static void Hit(RememberedArrival one, double from, double to, bool fromClose, Span<double> hits)
    {
        for (var k = 0; k < hits.Length; k++)
        {
            var (kernel, sum) = (ExpertPanel.Kernels[k], 0.0);
            foreach (var point in one.Points)
            {
                sum += (double.IsPositiveInfinity(to) ? 1 : kernel.Cumulative(to - point)) - (fromClose ? 0 : kernel.Cumulative(from - point));
            }

            hits[k] = one.Points.Length == 0 ? 0 : (1 - one.Missing) * sum / one.Points.Length;
            if (double.IsPositiveInfinity(to))
            {
                hits[k] += one.Missing;
            }
        }
    }

    private static void Abstain(ReadOnlySpan<double> counts, int sessions, Span<double> probabilities)
    {
        for (var m = 0; m < ExpertPanel.Memories.Length; m++)
        {
            if (counts.Slice(m * sessions, sessions).ContainsAnyExcept(0.0))
            {
                continue;
            }

            for (var c = 0; c < VendorClocks.Count; c++)
            {
                probabilities.Slice((c * ExpertPanel.Count) + (m * ExpertPanel.Kernels.Length), ExpertPanel.Kernels.Length).Fill(-1);
            }
        }
    }
}
