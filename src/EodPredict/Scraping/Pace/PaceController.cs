using EodPredict.Scraping.Limit;

namespace EodPredict.Scraping.Pace;

/// <summary>
/// Decides when to send the next request to an endpoint whose limit nobody tells: it finds the limit and stays just under it. Pace and what
/// is in flight are decided together, from what became of each attempt alone. It knows no clock and does no I/O: the caller asks, sends and
/// reports, with instants counted from any origin, in their order. Not thread-safe.
/// </summary>
public sealed partial class PaceController
{
    private const double Never = double.PositiveInfinity;
    private const double SlowestRate = 1e-3;

    // A sender that wakes late makes up for this much where requests are close; where they are not, one that came too soon would be
    // refused, unless what is in flight decides.
    private const double CatchUpSeconds = 0.005;
    private const double CatchUpPace = 100;
    private const int FailuresOfOutage = 8;

    // What the margin leaves unused lets a test go beyond the rate, by twice that where others' requests come at random.
    private const double UnusedByMargin = 2;

    private PaceSettings _settings;
    private readonly RateBracket _bracket = new();
    private readonly RateLaws _laws = new();
    private readonly QuotaCycles _cycles = new();
    private readonly LatencyWatch _latency = new();
    private readonly QueueGuard _queue;
    private readonly Outstanding _outstanding = new();
    private readonly RequestCount _admitted = new();
    private readonly RequestCount _sends = new();
    private readonly CongestionEpoch _epoch = new();
    private readonly RecoveryFeelers _feelers = new();
    private readonly TestPlan _tests = new();
    private readonly InFlightCap _cap = new();
    private readonly RefusalRun _run = new();
    private readonly RefusalPrice _price = new();

    private PacePhase _phase = PacePhase.Starting;
    private double _now;
    private double _nextAt;
    private double _rate;
    private double _startInFlight = 2;
    private double _fastest;
    private double _slowest = Never;
    private double _lastRefused = double.NegativeInfinity;
    private double _lastAdmitted = double.NegativeInfinity;
    private int _refusedInRow;
    private int _failedInRow;

    /// <summary>Starts a controller.</summary>
    /// <param name="settings">Bounds and what was learned before; null for neither.</param>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public PaceController(PaceSettings? settings = null)
    {
        _settings = settings ?? new();
        _settings.Validate();
        _queue = new(_latency);
        if (_settings.LearnedRate is { } rate)
        {
            Learn(rate);
        }
    }

    /// <summary>Requests whose end has not been reported.</summary>
    public int InFlight => _outstanding.Count;

    /// <summary>Requests per second that are aimed at; 0 while nothing is known.</summary>
    public double Rate => Math.Min(_rate, _settings.MaxPace);

    /// <summary>Whether to send a request now, and if not, when to ask again.</summary>
    /// <param name="time">The instant; instants never fall.</param>
    public PaceAdvice Ask(TimeSpan time)
    {
        var now = Advance(time);
        if (_phase == PacePhase.Draining)
        {
            if (InFlight > 0 || _othersAnswered < Never)
            {
                return Wait(Never);
            }

            Drained();
        }

        if (_phase == PacePhase.Feeling)
        {
            return _feelers.Out ? Wait(Never) : now < _feelers.Due ? Wait(_feelers.Due) : new(true, time);
        }

        if (InFlight >= Room() - _leasedInFlight)
        {
            return Wait(Never);
        }

        if (_phase == PacePhase.Cruising && now >= _tests.At)
        {
            _phase = PacePhase.Testing;
            BeginTrial();
            _tests.Begin(now, _admitted.Total, Window > 0 ? 0 : LeastExcess(), UnusedByMargin * Margin);
        }

        return now < _nextAt ? Wait(_nextAt) : new(true, time);
    }

    /// <summary>A request is sent now.</summary>
    /// <param name="time">The instant; instants never fall.</param>
    public void Sent(TimeSpan time)
    {
        var now = Advance(time);
        _outstanding.Sent(now);
        _sends.Add(now);
        if (_phase == PacePhase.Feeling)
        {
            _feelers.Sent();
        }
        else if (_phase != PacePhase.Starting || _latency.Mean > 0)
        {
            Spend(now);
        }
    }

    /// <summary>A request has ended. Each attempt is reported, retries too, in the order of their ends.</summary>
    public void Finished(Attempt attempt)
    {
        Advance(attempt.FinishedAt);
        _outstanding.Finished(attempt.SentAt.TotalSeconds);
        _feelers.Answered();
        Judge(attempt, isOwn: true);
        CloseEpochIfAnswered();
    }

    private void Judge(Attempt attempt, bool isOwn)
    {
        var sent = attempt.SentAt.TotalSeconds;
        _failedInRow = attempt.Outcome == AttemptOutcome.Failed ? _failedInRow + 1 : 0;
        if (attempt.Outcome != AttemptOutcome.Failed)
        {
            _laws.Add(sent, attempt.Outcome == AttemptOutcome.Refused);
            _price.Add(attempt.Outcome == AttemptOutcome.Refused && Mature);
        }

        _laws.Settle(Math.Min(_now, Oldest));
        switch (attempt.Outcome)
        {
            case AttemptOutcome.Accepted:
                Accepted(sent, attempt.Hint, isOwn);
                if (isOwn && _phase == PacePhase.Testing)
                {
                    SeeTestAdmitted(attempt.InFlight);
                }

                break;
            case AttemptOutcome.Refused:
                Refused(sent, attempt.Hint, isOwn ? attempt.InFlight : 0);
                break;
            default:
                Failed();
                break;
        }
    }

    private void CloseEpochIfAnswered()
    {
        if (_epoch.Open && _phase == PacePhase.Cruising && Oldest > _epoch.Seen)
        {
            CloseEpoch();
        }
    }

    /// <summary>
    /// From now on the limit is expected to be another: where to go on from, as after a step that was noticed. What the server does
    /// overrules it. Nothing happens while it is not known what the limit was, or while the server is congested.
    /// </summary>
    /// <param name="factor">The new limit as a multiple of the former; above 0, finite.</param>
    public void Expect(double factor)
    {
        if (_phase is PacePhase.Cruising or PacePhase.Testing && !_epoch.Open && !_queue.Queued && _cycles.Seen == 0 && _rate > 0)
        {
            _bracket.Forget(0, Never);
            (_slowest, _fastest) = (Never, 0);
            Learn(_rate * factor);
        }
    }

    private void Spend(double now)
    {
        var pace = Pace();
        (_slowest, _fastest) = (Math.Min(_slowest, pace), Math.Max(_fastest, pace));
        _nextAt = Math.Max(_nextAt, now - (pace > CatchUpPace ? CatchUpSeconds : _cap.Most < Never ? 1 / pace : 0)) + (1 / pace);
    }

    private double Advance(TimeSpan time) => _now = Math.Max(_now, time.TotalSeconds);

    private void Accepted(double sent, LimitHint hint, bool isOwn)
    {
        _admitted.Add(sent);
        _refusedInRow = sent > _lastRefused ? 0 : _refusedInRow;
        _lastAdmitted = Math.Max(_lastAdmitted, sent);
        _epoch.AddAdmitted(sent);
        var block = isOwn && _latency.Add(_now, _now - sent, !_queue.Queued && _phase != PacePhase.Starting);
        switch (_phase)
        {
            case PacePhase.Starting when isOwn:
                _startInFlight += _admitted.Total <= 20 ? 0.25 : 0.08;
                Believe(hint);
                break;
            case PacePhase.Feeling when sent > _lastRefused:
                Recovered(sent);
                break;
            case PacePhase.Testing:
                RaiseTest();
                break;
        }

        if (_phase == PacePhase.Cruising && !_epoch.Open && !_queue.Queued)
        {
            Aim();
        }

        if (block && _phase is PacePhase.Starting or PacePhase.Cruising or PacePhase.Testing)
        {
            WatchQueue();
        }
    }

    private void Failed()
    {
        if (_phase == PacePhase.Feeling)
        {
            PlanFeeler();
        }
        else if (_failedInRow >= FailuresOfOutage && _phase != PacePhase.Draining)
        {
            _resumeAt = _rate > 0 ? _rate : 1;
            _phase = PacePhase.Feeling;
            _epoch.BeginOutage(_now);
            _feelers.Begin();
            PlanFeeler();
        }
    }

    // Doubling would overshoot by as much again. The excess grows with what was admitted beyond the rate: slowly while that is no more than
    // had flowed in unused, and faster once the limit must have risen. A window's test grows over the window, for it holds a whole quota;
    // faster where its length is known from the start alone, which may have begun in the middle of one.
    private void RaiseTest()
    {
        if (Window > 0)
        {
            var first = _cycles.Seen == 1 ? 0.06 : 0.03;
            _tests.Raise(TestInterval() * _rate * first * Math.Pow(2, (_now - _tests.From) / Window));
            return;
        }

        var beyond = _tests.AdmittedBeyond(_admitted.Total, _rate, _now - _latency.Mean);
        _tests.Raise(LeastExcess() + ((beyond > _tests.Expected ? 0.2 : 0.12) * beyond));
    }

    private void WatchQueue()
    {
        var queued = _queue.Queued;
        _queue.Watch(Pace(), _rate, _phase == PacePhase.Testing ? 0.85 : 0.95);
        if (_queue.Queued)
        {
            (_phase, _rate) = (PacePhase.Cruising, _queue.Rate);
            _tests.End();
            _nextAt = queued ? _nextAt : Math.Min(_nextAt, _now);
        }
        else if (queued)
        {
            _rate = _queue.Rate;
            PlanTest();
        }
    }

    private double LeastExcess() => Math.Max(1, 0.02 * _rate * _latency.Mean);

    private double TestInterval() => Math.Max(1.3 * _latency.Mean, 1 / _rate);

    private double Pace() => Math.Min(_settings.MaxPace, _phase switch
    {
        PacePhase.Starting => _startInFlight / Math.Max(_latency.Unloaded, 1e-4),
        PacePhase.Testing => _rate + (_tests.Excess / TestInterval()),
        _ => _rate * (1 - Margin),
    });

    private double Room() => Math.Min(_settings.MaxInFlight, _phase == PacePhase.Starting
        ? _admitted.Total == 0 ? 1 : Math.Ceiling(_startInFlight) + 1
        : Math.Min(Math.Min(_queue.Cap, Held), (2 * Pace() * _latency.Mean) + 4));

    // One tick later, lest a rounded instant come just before the one that is waited for.
    private static PaceAdvice Wait(double until) => new(false, until < TimeSpan.MaxValue.TotalSeconds
        ? TimeSpan.FromTicks(1 + (long)Math.Ceiling(until * TimeSpan.TicksPerSecond)) : TimeSpan.MaxValue);
}
