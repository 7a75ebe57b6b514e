using EodPredict.Forecasting.Nowcasting;

namespace EodPredict.Availability;

/// <summary>Brings what the database knows of sessions to a forecaster, as if it had watched them.</summary>
internal static class SessionNews
{
    /// <summary>Opens the sessions that a forecaster has not opened itself.</summary>
    public static void Open(ProviderForecaster forecaster, IEnumerable<SessionResult> told)
    {
        foreach (var date in told.Where(r => r.State != "never").GroupBy(r => r.SessionDate).OrderBy(d => d.Key))
        {
            forecaster.Open(date.Key, [.. date.Select(r => (r.Ticker, r.Close))]);
        }
    }

    /// <summary>Tells what is new of the sessions that are open in a forecaster, in the order in which it happened.</summary>
    public static void Tell(ProviderForecaster forecaster, IEnumerable<SessionResult> told)
    {
        var news = new List<(DateTimeOffset At, bool IsOver, SessionResult Result)>();
        foreach (var result in told.Where(r => forecaster.Knows(r.Ticker, r.SessionDate)))
        {
            if (result.LastNotYetAt is { } notYet && notYet > result.Close)
            {
                news.Add((notYet, false, result));
            }

            if (result.IsOver)
            {
                news.Add((result.Close + (result.Arrival!.Value.By ?? result.Arrival.Value.After), true, result));
            }
            else if (result.State == "never")
            {
                forecaster.Withdraw(result.Ticker, result.SessionDate);
            }
        }

        foreach (var (at, isOver, result) in news.OrderBy(n => n.At).ThenBy(n => n.IsOver))
        {
            if (isOver)
            {
                forecaster.Ended(result.Ticker, result.SessionDate, result.Arrival!.Value);
            }
            else
            {
                forecaster.NotYet(result.Ticker, result.SessionDate, at - result.Close);
            }
        }
    }
}
