namespace EodPredict.Forecasting.Learned;

/// <summary>
/// Parts sessions into those that are learned from and, the last fifth of the session dates, those that judge what was learned. Pure.
/// </summary>
internal static class LaterBlock
{
    private const double Share = 0.2;

    /// <summary>The two parts, each in the order of the sessions; there is at least one.</summary>
    public static (IReadOnlyList<LearnedExample> Earlier, IReadOnlyList<LearnedExample> Later) Split(IReadOnlyList<LearnedExample> sessions)
    {
        var dates = sessions.Select(session => session.SessionDate).Distinct().Order().ToArray();
        var first = dates[(int)(dates.Length * (1 - Share))];
        return ([.. sessions.Where(session => session.SessionDate < first)], [.. sessions.Where(session => session.SessionDate >= first)]);
    }
}
