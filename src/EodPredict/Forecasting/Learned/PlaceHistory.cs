namespace EodPredict.Forecasting.Learned;

/// <summary>
/// Where a ticker's arrivals fell in the laws of their days: 0 at the earliest, 1 at the latest, a half as expected; and how wide the
/// interval was that is known of each. Not safe for several threads at once.
/// </summary>
internal sealed class PlaceHistory
{
    private const int Kept = 60;
    private const int ClosesThatAreUsual = 20;
    private const int MinutesPerDay = 24 * 60;

    private readonly List<(DateOnly Date, double Close, float Place, float Width)> _past = [];

    /// <summary>How many sessions were learned, also those that are no longer kept.</summary>
    public int Count { get; private set; }

    /// <summary>Learns a session that is over.</summary>
    /// <param name="past">What is known of it.</param>
    /// <param name="law">The law of its day.</param>
    public void Learn(PastArrival past, ArrivalLaw law)
    {
        var after = law.ProbabilityBy(past.Interval.After);
        var by = past.Interval.By is { } found ? law.ProbabilityBy(found) : 1;
        Count++;
        _past.Add((past.SessionDate, MinuteOfDay(past.Close), (float)((after + by) / 2), (float)(by - after)));
        if (_past.Count > Kept)
        {
            _past.RemoveAt(0);
        }
    }

    /// <summary>Days since the last session; not a number where there is none. So for every answer here.</summary>
    public float DaysSince(DateOnly date) => _past.Count == 0 ? float.NaN : date.DayNumber - _past[^1].Date.DayNumber;

    /// <summary>How many minutes of the day, UTC, a close is later than usual: half days and a clock that was changed stand out.</summary>
    public float CloseAgainstUsual(DateTimeOffset close)
    {
        if (_past.Count == 0)
        {
            return float.NaN;
        }

        var usual = _past.TakeLast(ClosesThatAreUsual).Select(p => p.Close).Order().ToArray();
        return (float)(MinuteOfDay(close) - usual[usual.Length / 2]);
    }

    /// <summary>The mean place of the latest sessions.</summary>
    /// <param name="count">How many.</param>
    /// <param name="skip">How many of the very latest are left out.</param>
    public float MeanPlace(int count, int skip = 0) =>
        _past.Count <= skip ? float.NaN : _past.SkipLast(skip).TakeLast(count).Average(p => p.Place);

    /// <summary>The mean place of the latest sessions on one weekday.</summary>
    public float MeanPlaceOn(DayOfWeek weekday, int count)
    {
        var same = _past.Where(p => p.Date.DayOfWeek == weekday).TakeLast(count).ToArray();
        return same.Length == 0 ? float.NaN : same.Average(p => p.Place);
    }

    /// <summary>The mean width of what is known of the latest arrivals, as probability by the law of the day.</summary>
    public float MeanWidth(int count) => _past.Count == 0 ? float.NaN : _past.TakeLast(count).Average(p => p.Width);

    private static double MinuteOfDay(DateTimeOffset close) => close.UtcDateTime.TimeOfDay.TotalMinutes % MinutesPerDay;
}
