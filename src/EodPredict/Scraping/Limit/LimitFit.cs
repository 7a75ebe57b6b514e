namespace EodPredict.Scraping.Limit;

/// <summary>How well a level parts what was refused from what was admitted.</summary>
/// <param name="Threshold">The level from which on attempts are refused.</param>
/// <param name="Score">1 - errors / refusals: 1 where all are parted, 0 where nothing is gained.</param>
internal readonly record struct LimitFit(double Threshold, double Score)
{
    /// <summary>The threshold of least error.</summary>
    public static LimitFit Of(double[] levels, IReadOnlyList<Attempt> attempts)
    {
        var order = new int[levels.Length];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort((double[])levels.Clone(), order);
        var (wrong, refusals, least, threshold) = (0, 0, int.MaxValue, double.PositiveInfinity);
        for (var i = order.Length - 1; i >= 0; i--)
        {
            var refused = attempts[order[i]].Outcome == AttemptOutcome.Refused;
            refusals += refused ? 1 : 0;
            wrong += refused ? -1 : 1;
            if (wrong < least && (i == 0 || levels[order[i - 1]] < levels[order[i]]))
            {
                (least, threshold) = (wrong, levels[order[i]]);
            }
        }

        return refusals == 0 ? new(threshold, 0) : new(threshold, -least / (double)refusals);
    }
}
