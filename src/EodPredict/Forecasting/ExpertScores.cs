using System.Runtime.Intrinsics;

namespace EodPredict.Forecasting;

/// <summary>What each expert thought of an outcome before it was known.</summary>
internal static class ExpertScores
{
    /// <summary>Fills the probability that each expert gave to the outcome, on each clock. An expert without memory abstains: a negative number.</summary>
    /// <param name="past">What was known then, oldest first; not empty.</param>
    /// <param name="outcome">The session and what became known of it.</param>
    /// <param name="carried">Where past arrivals belong in that session.</param>
    /// <param name="probabilities">One row a clock, one column an expert.</param>
    public static void Fill(IReadOnlyList<RememberedArrival> past, PastArrival outcome, ArrivalMoves carried, Span<double> probabilities)
    {
        var counts = new double[ExpertPanel.Memories.Length * past.Count];
        ExpertPanel.Recall(past, outcome.SessionDate, counts);
        var from = outcome.Interval.After.TotalMinutes;
        var to = outcome.Interval.By?.TotalMinutes ?? double.PositiveInfinity;
        var memories = ExpertPanel.Memories.Length;
        Span<double> moves = stackalloc double[ArrivalMoves.Count];
        Span<int> sameAs = stackalloc int[ArrivalMoves.Count];
        Span<Vector512<double>> hits = stackalloc Vector512<double>[ArrivalMoves.Count];
        Span<Vector512<double>> sums = stackalloc Vector512<double>[VendorClocks.Count * memories];
        sums.Clear();
        for (var j = 0; j < past.Count; j++)
        {
            carried.Of(past[j], moves, sameAs);
            for (var at = 0; at < moves.Length; at++)
            {
                if (sameAs[at] == at % VendorClocks.Count)
                {
                    hits[at] = Hit(past[j], from - moves[at], to - moves[at], from <= 0);
                }
            }

            for (var c = 0; c < VendorClocks.Count; c++)
            {
                for (var m = 0; m < memories; m++)
                {
                    var row = ExpertPanel.Memories[m].Carried * VendorClocks.Count;
                    sums[(c * memories) + m] += hits[row + sameAs[row + c]] * counts[(m * past.Count) + j];
                }
            }
        }

        Span<double> lanes = stackalloc double[KernelLanes.Count];
        for (var i = 0; i < sums.Length; i++)
        {
            sums[i].CopyTo(lanes);
            lanes[..ExpertPanel.Kernels.Length].CopyTo(probabilities[(i * ExpertPanel.Kernels.Length)..]);
        }

        Abstain(counts, past.Count, probabilities);
    }

    // The probability of each kernel around one past arrival in the interval, moved onto the past session's clock.
    private static Vector512<double> Hit(RememberedArrival one, double from, double to, bool fromClose)
    {
        var isOpen = double.IsPositiveInfinity(to);
        var sum = Vector512<double>.Zero;
        foreach (var point in one.Points)
        {
            sum += isOpen ? Vector512<double>.One : KernelLanes.Cumulative(to - point);
            sum -= fromClose ? Vector512<double>.Zero : KernelLanes.Cumulative(from - point);
        }

        var hit = sum * ((1 - one.Missing) / Math.Max(1, one.Points.Length));
        return isOpen ? hit + Vector512.Create(one.Missing) : hit;
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
