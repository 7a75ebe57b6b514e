namespace EodPredict.Forecasting;

/// <summary>The experts: every memory with every kernel, and how much each past session counts for each memory.</summary>
internal static class ExpertPanel
{
    public static readonly RecencyMemory[] Memories =
    [
        new(2, false), new(5, false), new(15, false), new(60, false), new(4, true),
        new(15, false, Carried: 1), new(60, false, Carried: 1), new(60, false, Carried: 2),
    ];

    public static readonly ArrivalKernel[] Kernels =
        [new(1, false), new(4, false), new(12, false), new(40, false), new(15, true), new(60, true), new(240, true)];

    /// <summary>The number of experts; expert = memory x kernels + kernel.</summary>
    public static readonly int Count = Memories.Length * Kernels.Length;

    /// <summary>Fills how much each past session counts for each memory, each memory's row summing to one, or all zero where it knows nothing.</summary>
    /// <param name="past">The past, oldest first.</param>
    /// <param name="sessionDate">The session to be forecast.</param>
    /// <param name="counts">One row a memory, one column a past session.</param>
    public static void Recall(IReadOnlyList<RememberedArrival> past, DateOnly sessionDate, Span<double> counts)
    {
        for (var m = 0; m < Memories.Length; m++)
        {
            var memory = Memories[m];
            var row = counts.Slice(m * past.Count, past.Count);
            var fade = Math.Pow(2, -1 / memory.HalfLife);
            var (weight, total) = (1.0, 0.0);
            for (var j = past.Count - 1; j >= 0; j--)
            {
                if (memory.SameWeekday && past[j].Weekday != sessionDate.DayOfWeek)
                {
                    row[j] = 0;
                    continue;
                }

                row[j] = weight;
                total += weight;
                weight *= fade;
            }

            for (var j = 0; j < row.Length && total > 0; j++)
            {
                row[j] /= total;
            }
        }
    }
}
