namespace EodPredict.Forecasting.Nowcasting;

/// <summary>Makes groups and batches of series whose past is known.</summary>
internal static class GroupForming
{
    private const int SessionsWeighed = 120;
    private const double HalfMinute = 0.5;

    /// <summary>
    /// Ties series to a new batch: its arrivals are learned from what all members' checks together said of each session, and how far each
    /// member lands with it from how well that fits the member's own.
    /// </summary>
    public static ArrivalBatch Batch(IReadOnlyList<ArrivalSeries> members, ArrivalLaw prior)
    {
        var common = new ArrivalSeries(members[0].Name, prior);
        foreach (var day in members.SelectMany(m => m.Past).GroupBy(p => p.Arrival.SessionDate).OrderBy(g => g.Key))
        {
            var close = day.First().Arrival.Close;
            var interval = day.Select(d => d.Arrival.Interval).OrderBy(i => i.By ?? TimeSpan.MaxValue).Aggregate(BatchFinder.Meet);
            common.Learn(new PastArrival(day.Key, close, interval));
        }

        var batch = new ArrivalBatch(common, members);
        var whole = common.Past.ToDictionary(p => p.Arrival.SessionDate, p => p.Arrival.Interval);
        foreach (var (place, member) in members.Index())
        {
            member.Batch = new BatchTie(batch, place);
            foreach (var one in member.Past.TakeLast(SessionsWeighed).Where(p => whole.ContainsKey(p.Arrival.SessionDate)))
            {
                member.Batch.Learn(BatchFinder.Overlap(one.Arrival.Interval, whole[one.Arrival.SessionDate]), one.OwnProbability);
            }
        }

        return batch;
    }

    /// <summary>Ties series to a new group: each one's distances are learned against the shift that the others showed.</summary>
    public static void Group(IReadOnlyList<ArrivalSeries> members, ArrivalLaw prior, ParallelOptions parallel)
    {
        var past = members.Select(m => m.Past.Where(p => !double.IsNaN(p.Middle)).ToDictionary(p => p.Arrival.SessionDate)).ToArray();
        var usual = past.Select(p => Medians.Of(p.Values.Select(v => v.Middle))).ToArray();
        var center = usual.Average();
        var shifts = new ExpertMixture(prior);
        foreach (var day in past.SelectMany(p => p.Values).GroupBy(p => p.Arrival.SessionDate).Where(g => g.Count() > 1).OrderBy(g => g.Key))
        {
            var at = Math.Max(2 * HalfMinute, center + Shift(day.Key, -1));
            var interval = new ArrivalInterval(TimeSpan.FromMinutes(at - HalfMinute), TimeSpan.FromMinutes(at + HalfMinute));
            shifts.Learn(new PastArrival(day.Key, day.First().Arrival.Close, interval));
        }

        var group = new ShiftGroup(members, shifts);
        Parallel.For(0, members.Count, parallel, i =>
        {
            var tie = new GroupTie(group, prior.Horizon);
            foreach (var one in members[i].Past.TakeLast(SessionsWeighed))
            {
                var (date, interval) = (one.Arrival.SessionDate, one.Arrival.Interval);
                if (Enumerable.Range(0, past.Length).Any(j => j != i && past[j].ContainsKey(date)))
                {
                    var shift = center + Shift(date, i);
                    var law = tie.Forecast(date);
                    tie.Weigh(tie.ProbabilityOf(interval, shift, law), one.OwnProbability);
                    tie.Learn(date, interval, shift - HalfMinute, shift, shift + HalfMinute, law);
                }
            }

            members[i].Group = tie;
        });

        // How late the members were against their usual, one of them left out.
        double Shift(DateOnly date, int without) => Medians.Of(
            Enumerable.Range(0, past.Length).Where(j => j != without && past[j].ContainsKey(date))
                .Select(j => past[j][date].Middle - usual[j]));
    }
}
