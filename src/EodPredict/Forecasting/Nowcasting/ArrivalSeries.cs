using EodPredict.Forecasting.Learned;

namespace EodPredict.Forecasting.Nowcasting;

/// <summary>A ticker, or a batch of tickers that land as one: something whose arrivals are forecast. Not safe for several threads at once.</summary>
internal sealed class ArrivalSeries(string name, ArrivalLaw prior)
{
    private const int SessionsKept = 250;

    private readonly List<SettledSession> _past = [];

    public string Name { get; } = name;

    /// <summary>What its own past says.</summary>
    public ExpertMixture Own { get; private set; } = new(prior);

    /// <summary>Where its arrivals fell in what its experts expected.</summary>
    public PlaceHistory Places { get; private set; } = new();

    /// <summary>Its latest sessions, oldest first.</summary>
    public IReadOnlyList<SettledSession> Past => _past;

    /// <summary>The batch that it lands with; null where it lands alone, or is a batch itself.</summary>
    public BatchTie? Batch { get; set; }

    /// <summary>The group that it is early and late with; null where there is none.</summary>
    public GroupTie? Group { get; set; }

    /// <summary>The latest session date that was settled.</summary>
    public DateOnly Through { get; private set; }

    /// <summary>A series that has learned a past, oldest first.</summary>
    public static ArrivalSeries Learned(string name, ArrivalLaw prior, IReadOnlyList<PastArrival> past)
    {
        var series = new ArrivalSeries(name, prior);
        foreach (var one in past)
        {
            series.Learn(one);
        }

        return series;
    }

    /// <summary>Learns from a session of which only the outcome is known.</summary>
    public void Learn(PastArrival past)
    {
        var law = Own.Forecast(past.SessionDate, past.Close);
        Places.Learn(past, law);
        Settle(SettledSession.Of(past, law, law));
        Own.Learn(past, law);
    }

    /// <summary>Whether the session of a date is among <see cref="Past"/>.</summary>
    public bool HasSettled(DateOnly sessionDate) =>
        sessionDate <= Through && _past.FindLastIndex(s => s.Arrival.SessionDate == sessionDate) >= 0;

    /// <summary>Knows what another series of the same ticker has learned, in place of its own past; its company stays.</summary>
    public void TakeOver(ArrivalSeries other)
    {
        (Own, Places, Through) = (other.Own, other.Places, other.Through);
        _past.Clear();
        _past.AddRange(other._past);
    }

    public void Settle(SettledSession session)
    {
        _past.Add(session);
        Through = session.Arrival.SessionDate > Through ? session.Arrival.SessionDate : Through;
        if (_past.Count > SessionsKept)
        {
            _past.RemoveAt(0);
        }
    }
}
