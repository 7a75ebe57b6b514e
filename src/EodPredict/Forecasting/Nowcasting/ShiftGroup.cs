namespace EodPredict.Forecasting.Nowcasting;

/// <summary>
/// Series that are early and late together. Their common shift is written as the time since the close at which the group as a whole
/// arrives, so that it is forecast like any arrival: by hour, weekday and clock. Not safe for several threads at once.
/// </summary>
internal sealed class ShiftGroup(IReadOnlyList<ArrivalSeries> members, ExpertMixture shifts)
{
    private const int DaysKept = 10;

    // What lies outside is left to the law's own tails.
    private const double Low = 0.1;
    private const double High = 0.9;

    private readonly SortedDictionary<DateOnly, (ShiftBelief Belief, DateTimeOffset Close)> _days = [];
    private DateOnly _learned;

    public IReadOnlyList<ArrivalSeries> Members { get; } = members;

    /// <summary>What is believed of the shift of one session date; begun where nobody asked before.</summary>
    public ShiftBelief On(DateOnly sessionDate, DateTimeOffset close)
    {
        if (!_days.TryGetValue(sessionDate, out var day))
        {
            _days[sessionDate] = day = (new ShiftBelief(shifts.Forecast(sessionDate, close)), close);
        }

        return day.Belief;
    }

    /// <summary>Learns the shifts of earlier session dates, each once, from what has been told by now.</summary>
    public void LearnBefore(DateOnly sessionDate)
    {
        foreach (var (date, (belief, close)) in _days)
        {
            if (date >= sessionDate || date <= _learned || !belief.IsTold)
            {
                continue;
            }

            _learned = date;
            var from = belief.Quantile(Low);
            var interval = new ArrivalInterval(TimeSpan.FromMinutes(from), TimeSpan.FromMinutes(Math.Max(belief.Quantile(High), from + 0.01)));
            shifts.Learn(new PastArrival(date, close, interval));
        }

        foreach (var old in _days.Keys.TakeWhile(d => d < sessionDate.AddDays(-DaysKept)).ToArray())
        {
            _days.Remove(old);
        }
    }
}
