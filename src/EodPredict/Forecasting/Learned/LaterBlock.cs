namespace EodPredict.Forecasting.Learned;

/// <summary>
/// Parts sessions into those that are learned from and, the last fifth of the session dates, those that judge what was learned. Pure.
/// </summary>
internal static class LaterBlock
{
    private const double Share = 0.2;

    /// <summary>The first date of the later part; there is at least one date.</summary>
    public static DateOnly Begin(IEnumerable<DateOnly> dates)
    {
        var all = dates.Distinct().Order().ToArray();
        return all[(int)(all.Length * (1 - Share))];
    }

    /// <summary>The two parts, each in the order of the sessions; there is at least one.</summary>
    public static (IReadOnlyList<LearnedExample> Earlier, IReadOnlyList<LearnedExample> Later) Split(
        IReadOnlyList<LearnedExample> sessions) => Split(sessions, session => session.SessionDate);

    /// <summary>The same of anything that has a date.</summary>
    public static (IReadOnlyList<T> Earlier, IReadOnlyList<T> Later) Split<T>(IReadOnlyList<T> all, Func<T, DateOnly> date)
    {
        var first = Begin(all.Select(date));
        return ([.. all.Where(one => date(one) < first)], [.. all.Where(one => date(one) >= first)]);
    }
}
