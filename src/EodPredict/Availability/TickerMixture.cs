using EodPredict.Forecasting;

namespace EodPredict.Availability;

/// <summary>A ticker's expert mixture, kept between sessions, so that each arrival is learned once. Safe for concurrent use.</summary>
internal sealed class TickerMixture(ArrivalLaw prior)
{
    private readonly Lock _lock = new();
    private readonly HashSet<DateOnly> _learned = [];
    private ExpertMixture _mixture = new(prior);
    private DateOnly _through;

    /// <summary>The law of one session.</summary>
    /// <param name="past">What is known of the ticker's sessions, oldest first; those that were learned before may be among them.</param>
    /// <param name="sessionDate">The session date.</param>
    /// <param name="close">The instant of its close.</param>
    public ArrivalLaw Forecast(IReadOnlyList<PastArrival> past, DateOnly sessionDate, DateTimeOffset close)
    {
        lock (_lock)
        {
            if (past.Any(arrival => arrival.SessionDate < _through && !_learned.Contains(arrival.SessionDate)))
            {
                // A session that was found after a later one: the mixture learns in order, so it begins anew.
                _mixture = new ExpertMixture(prior);
                _learned.Clear();
            }

            foreach (var arrival in past)
            {
                if (_learned.Add(arrival.SessionDate))
                {
                    _mixture.Learn(arrival);
                    _through = arrival.SessionDate;
                }
            }

            return _mixture.Forecast(sessionDate, close);
        }
    }
}
