namespace EodPredict.Scraping.Limit;

/// <summary>Counts attempts by the minute in which they end. Not thread-safe.</summary>
internal sealed class ThrottleMinutes
{
    private readonly List<TimeSpan> _latencies = [];
    private DateTimeOffset _minute;
    private int _accepted;
    private int _refused;
    private int _failed;
    private int _mostInFlight;

    /// <summary>Adds an attempt that ended now.</summary>
    /// <param name="now">The instant; instants never fall.</param>
    /// <param name="attempt">The attempt.</param>
    /// <param name="pace">Requests per second that are aimed at.</param>
    /// <returns>The minute before, where this attempt is the first of a new one.</returns>
    public ThrottleMinute? Add(DateTimeOffset now, Attempt attempt, double pace)
    {
        var minute = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
        var before = minute > _minute ? Take(pace) : null;
        _minute = minute > _minute ? minute : _minute;
        _mostInFlight = Math.Max(_mostInFlight, attempt.InFlight + 1);
        switch (attempt.Outcome)
        {
            case AttemptOutcome.Accepted:
                _accepted++;
                _latencies.Add(attempt.FinishedAt - attempt.SentAt);
                break;
            case AttemptOutcome.Refused:
                _refused++;
                break;
            default:
                _failed++;
                break;
        }

        return before;
    }

    /// <summary>What was counted so far, which is then forgotten; null where nothing was.</summary>
    public ThrottleMinute? Take(double pace)
    {
        var attempts = _accepted + _refused + _failed;
        if (attempts == 0)
        {
            return null;
        }

        _latencies.Sort();
        var seen = new ThrottleMinute(
            _minute, attempts, _accepted, _refused, _failed, _mostInFlight, _accepted > 0 ? _latencies[_accepted / 2] : null, pace);
        _latencies.Clear();
        (_accepted, _refused, _failed, _mostInFlight) = (0, 0, 0, 0);
        return seen;
    }
}
