using EodPredict.Replay.Recorded;

namespace EodPredict.Replay.Vendor;

/// <summary>What has been published at an instant of the service's clock. Pure.</summary>
internal sealed class PublicationBoard(RecordedDays days)
{
    /// <summary>A session's date lies at most this far after the date of its arrival in UTC.</summary>
    private const int DaysAhead = 2;

    public IReadOnlyList<string> Tickers => days.Tickers;

    public bool Knows(string ticker) => days.Of(ticker).Count > 0;

    public RecordedSession? Find(string ticker, DateOnly sessionDate) => days.Find(ticker, sessionDate);

    /// <summary>The sessions of the ticker that have arrived, newest date first, up to a date that is included.</summary>
    public IEnumerable<RecordedSession> Arrived(string ticker, DateTimeOffset now, DateOnly? until = null)
    {
        var sessions = days.Of(ticker);
        var latest = DateOnly.FromDateTime(now.UtcDateTime).AddDays(DaysAhead);
        for (var index = CountUntil(sessions, until < latest ? until.Value : latest) - 1; index >= 0; index--)
        {
            if (sessions[index].Arrival <= now)
            {
                yield return sessions[index];
            }
        }
    }

    private static int CountUntil(IReadOnlyList<RecordedSession> sessions, DateOnly date)
    {
        var (low, high) = (0, sessions.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = sessions[middle].SessionDate <= date ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
