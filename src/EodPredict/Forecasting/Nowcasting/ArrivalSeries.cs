using EodPredict.Forecasting.Learned;

namespace EodPredict.Forecasting.Nowcasting;

/// <summary>A ticker, or a batch of tickers that land as one: something whose arrivals are forecast. Not safe for several threads at once.</summary>
internal sealed class ArrivalSeries(string name, ArrivalLaw prior)
{
    private const int SessionsKept = 250;

    private readonly List<SettledSession> _past = [];

    public string Name { get; } = name;

    /// <summary>What its own past says.</summary>
    public ExpertMixture Own { get; } = new(prior);

    /// <summary>Where its arrivals fell in what its experts expected.</summary>
    public PlaceHistory Places { get; } = new();

    /// <summary>Its latest sessions, oldest first.</summary>
    public IReadOnlyList<SettledSession> Past => _past;

    /// <summary>The batch that it lands with; null where it lands alone, or is a batch itself.</summary>
    public BatchTie? Batch { get; set; }

    /// <summary>The group that it is early and late with; null where there is none.</summary>
    public GroupTie? Group { get; set; }

    public void Settle(SettledSession session)
    {
        _past.Add(session);
        if (_past.Count > SessionsKept)
        {
            _past.RemoveAt(0);
        }
    }
}
