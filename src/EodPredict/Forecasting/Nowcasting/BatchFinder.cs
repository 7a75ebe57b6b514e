namespace EodPredict.Forecasting.Nowcasting;

/// <summary>
/// Finds tickers that land as one, from intervals alone: how much better "it came when the others did" explains what was seen than each
/// ticker's own law does, in nats. Tickers that are only late together often fall into the same interval too, but then they often miss it
/// narrowly; those that share a drop share it or land hours apart. Grows with tickers times batches, not with pairs of tickers. Pure.
/// </summary>
internal static class BatchFinder
{
    private const double EnoughNats = 6;
    private const double LeastShare = 0.6;
    private const double MostShare = 0.98;
    private const double Floor = 1e-4;
    private const double NarrowMisses = 0.05;
    private const int Sessions = 120;

    private static readonly TimeSpan Narrowly = TimeSpan.FromHours(1);

    /// <summary>The batches.</summary>
    /// <param name="kept">Those that exist, as their members and the sessions of the whole.</param>
    /// <param name="alone">Series that are in none.</param>
    /// <returns>The members of each, at least two, in ordinal order.</returns>
    public static List<IReadOnlyList<ArrivalSeries>> Find(
        IEnumerable<(IReadOnlyList<ArrivalSeries> Members, IReadOnlyList<SettledSession> Past)> kept, IEnumerable<ArrivalSeries> alone)
    {
        var found = new List<Candidate>();
        foreach (var (members, past) in kept.OrderByDescending(k => k.Members.Count))
        {
            Join(found, members, past);
        }

        foreach (var series in alone.OrderBy(s => s.Name, StringComparer.Ordinal))
        {
            Join(found, [series], series.Past);
        }

        return [.. found.Where(f => f.Members.Count > 1)
            .Select(f => f.Members.OrderBy(m => m.Name, StringComparer.Ordinal).ToArray())];
    }

    /// <summary>Whether a ticker still lands with its batch, or apart from it: not by narrowly missing it.</summary>
    public static bool Fits(IReadOnlyList<SettledSession> member, IReadOnlyList<SettledSession> batch) =>
        !MissesNarrowly(Common(member, batch.ToDictionary(s => s.Arrival.SessionDate, s => s.Arrival.Interval)));

    /// <summary>The part of the interval in which the others came that lies in this one: the probability of it, had it come with them.</summary>
    public static double Overlap(ArrivalInterval mine, ArrivalInterval others)
    {
        var from = mine.After > others.After ? mine.After : others.After;
        if (others.By is not { } last)
        {
            return mine.By is null || mine.By > from ? 1 : 0;
        }

        var to = mine.By < last ? mine.By.Value : last;
        return to <= from ? 0 : (to - from) / (last - others.After);
    }

    /// <summary>The interval in which both lie; where they exclude each other, the first that something came in.</summary>
    public static ArrivalInterval Meet(ArrivalInterval one, ArrivalInterval other)
    {
        var by = other.By is null || one.By < other.By ? one.By : other.By;
        var (earlier, later) = one.After < other.After ? (one.After, other.After) : (other.After, one.After);
        return new ArrivalInterval(by is { } end && later >= end ? earlier : later, by);
    }

    private static void Join(List<Candidate> found, IReadOnlyList<ArrivalSeries> members, IReadOnlyList<SettledSession> past)
    {
        var (best, most) = (default(Candidate), EnoughNats);
        foreach (var candidate in found)
        {
            if (Nats(past, candidate.Days) is var nats && nats > most)
            {
                (best, most) = (candidate, nats);
            }
        }

        if (best is null)
        {
            found.Add(best = new([], []));
        }

        best.Members.AddRange(members);
        foreach (var (arrival, _, _) in past)
        {
            best.Days[arrival.SessionDate] = !best.Days.TryGetValue(arrival.SessionDate, out var day) ? arrival.Interval
                : Overlap(arrival.Interval, day) > 0 ? Meet(day, arrival.Interval)
                : day;
        }
    }

    private static double Nats(IReadOnlyList<SettledSession> past, Dictionary<DateOnly, ArrivalInterval> days)
    {
        var common = Common(past, days);
        var agreed = common.Count(c => Overlap(c.Mine.Arrival.Interval, c.Others) > 0);
        var share = Math.Min(MostShare, (agreed + 0.5) / (common.Length + 1));
        if (share < LeastShare || MissesNarrowly(common))
        {
            return 0;
        }

        return common.Sum(c =>
        {
            var alone = Math.Max(Floor, c.Mine.OwnProbability);
            return Math.Log(((share * Overlap(c.Mine.Arrival.Interval, c.Others)) + ((1 - share) * alone)) / alone);
        });
    }

    private static (SettledSession Mine, ArrivalInterval Others)[] Common(
        IReadOnlyList<SettledSession> past, Dictionary<DateOnly, ArrivalInterval> days) =>
        [.. past.TakeLast(Sessions).Where(s => days.ContainsKey(s.Arrival.SessionDate)).Select(s => (s, days[s.Arrival.SessionDate]))];

    private static bool MissesNarrowly((SettledSession Mine, ArrivalInterval Others)[] common) =>
        common.Count(c => Overlap(c.Mine.Arrival.Interval, c.Others) <= 0 && Gap(c.Mine.Arrival.Interval, c.Others) < Narrowly)
            > 1 + (NarrowMisses * common.Length);

    private static TimeSpan Gap(ArrivalInterval one, ArrivalInterval other)
    {
        var later = one.After > other.After ? one.After : other.After;
        var ends = one.By is null || other.By < one.By ? other.By : one.By;
        return later - (ends ?? later);
    }

    private sealed record Candidate(List<ArrivalSeries> Members, Dictionary<DateOnly, ArrivalInterval> Days);
}
