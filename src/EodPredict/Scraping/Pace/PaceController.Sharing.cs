using EodPredict.Scraping.Limit;

namespace EodPredict.Scraping.Pace;

// What is decided for other processes that send to the same endpoint: their slots are counted as they come up, and what became of their
// requests when it is told.
public sealed partial class PaceController
{
    // Until all have heard of a refusal.
    private const double HearingSeconds = 0.05;

    private readonly RequestCount _reserved = new();
    private readonly RequestCount _told = new();
    private double _othersAnswered = Never;
    private double _leasedInFlight;
    private double _hearing;

    /// <summary>Requests per second that may be leased to others; 0 while single requests find out what is admitted.</summary>
    internal double SteadyPace =>
        _phase is PacePhase.Cruising or PacePhase.Testing ? Math.Min(_settings.MaxPace, _rate * (1 - Margin)) : 0;

    /// <summary>The most requests to have in flight, of all processes together.</summary>
    internal double MostInFlight => Room();

    /// <summary>When the next request of any process is due.</summary>
    internal TimeSpan NextAt => TimeSpan.FromSeconds(_nextAt);

    /// <summary>Whether it waits for what others have out.</summary>
    internal bool Waits => _othersAnswered < Never && (_epoch.Open || _phase == PacePhase.Draining);

    /// <summary>Whether what is in flight is held to what the unloaded server would have.</summary>
    internal bool IsQueued => _queue.Queued;

    /// <summary>Congestion epochs so far.</summary>
    internal int Epochs { get; private set; }

    /// <summary>Requests per second that the limit exceeds; 0 while unknown.</summary>
    internal double Low => _bracket.Low;

    /// <summary>Requests per second that exceed the limit; infinite while unknown.</summary>
    internal double High => _bracket.High;

    private double Oldest => Math.Min(_outstanding.Oldest, _othersAnswered);

    /// <summary>Goes on where another controller was.</summary>
    /// <param name="time">The instant.</param>
    /// <param name="rate">Requests per second that it aimed at; above 0.</param>
    /// <param name="low">Its lower bound.</param>
    /// <param name="high">Its upper bound.</param>
    internal void Continue(TimeSpan time, double rate, double low, double high)
    {
        Advance(time);
        _bracket.Forget(low, high);
        Disturb();
        Resume(rate);
    }

    /// <summary>Slots were lost: what was admitted until the next touch is less than what flowed in.</summary>
    internal void Disturb() => _paused = true;

    /// <summary>Requests that were sent before this controller was asked, and are not answered; in the order of sending.</summary>
    internal void Adopt(IEnumerable<double> sent)
    {
        foreach (var at in sent)
        {
            _outstanding.Sent(at);
        }
    }

    /// <summary>The bounds of all that share the limit.</summary>
    internal void Bound(double pace, int inFlight) => _settings = _settings with { MaxPace = pace, MaxInFlight = inFlight };

    /// <summary>What others may do from now on.</summary>
    /// <param name="share">Their share of the pace; from 0 to below 1.</param>
    /// <param name="inFlight">The most that they have in flight together.</param>
    internal void Lease(double share, double inFlight) =>
        (_latency.Share, _leasedInFlight, _hearing) = (Math.Max(0.01, 1 - share), inFlight, share > 0 ? HearingSeconds : 0);

    /// <summary>A request of another process is left out.</summary>
    internal void Skip(TimeSpan slot) => _reserved.Add(slot.TotalSeconds);

    /// <summary>A request of another process is due at an instant.</summary>
    internal void Reserve(TimeSpan slot)
    {
        if (_phase is PacePhase.Cruising or PacePhase.Testing)
        {
            _sends.Add(slot.TotalSeconds);
            _reserved.Add(slot.TotalSeconds);
            var due = _nextAt;
            Spend(slot.TotalSeconds);

            // What a test sends besides goes between the slots.
            _nextAt = _phase == PacePhase.Testing ? due + (1 / Pace()) : _nextAt;
        }
    }

    /// <summary>What became of requests of other processes.</summary>
    /// <param name="time">The instant; instants never fall.</param>
    /// <param name="attempts">Those not told before, in the order of their ends.</param>
    /// <param name="answered">The instant since which some of theirs may be unanswered; null where none is.</param>
    internal void Told(TimeSpan time, IEnumerable<Attempt> attempts, TimeSpan? answered)
    {
        Advance(time);
        foreach (var attempt in attempts)
        {
            _told.Add(attempt.SentAt.TotalSeconds);
            Judge(attempt, isOwn: false);
        }

        _othersAnswered = answered?.TotalSeconds ?? Never;
        CloseEpochIfAnswered();
    }

    private double Unused(double at) => _reserved.Before(at) - _told.Before(at);
}
