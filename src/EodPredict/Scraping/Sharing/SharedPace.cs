using EodPredict.Scraping.Limit;
using EodPredict.Scraping.Pace;

namespace EodPredict.Scraping.Sharing;

/// <summary>
/// Decides when one participant sends: by its own controller while it leads, by its slots while another does, and slowly where its lease
/// has ended because the database is away. Alone it is the controller and nothing else. It does no I/O: the caller asks, sends, reports
/// and makes the exchanges that are due, one at a time. Instants on one clock of this process, never falling. Not thread-safe.
/// </summary>
internal sealed class SharedPace(Participant self, PaceSettings settings)
{
    private static readonly TimeSpan CatchUp = TimeSpan.FromMilliseconds(5);

    private readonly ServerClock _clock = new();
    private readonly PlanTable _plans = new();
    private readonly Outstanding _own = new();
    private readonly AttemptLog _log = new();

    private ShareLeader? _leader;
    private Participant? _leading;
    private long _leaseUntil;
    private long _slot;
    private long _told;
    private double _lastPace;
    private TimeSpan _sentAt;
    private TimeSpan _mayAt;
    private TimeSpan _askedAt;
    private TimeSpan _took;
    private bool _isAnswered;
    private bool _isOut;
    private bool _isHeld;
    private bool _hasNews;
    private bool _hasWork = true;
    private bool _hasRefusal;
    private bool _isWoken;
    private TimeSpan _refusedAt;

    /// <summary>Requests whose end has not been reported.</summary>
    public int InFlight => _own.Count;

    /// <summary>The limit's estimate, in requests per second of all participants; 0 while unknown.</summary>
    public double Rate => _leader?.Controller.Rate ?? _plans.Last?.Rate ?? 0;

    /// <summary>Requests per second that this participant aims at; 0 while unknown.</summary>
    public double Pace => _leader is { Others.Count: 0 } ? _leader.Controller.Rate : _plans.Last?.PaceOf(self) ?? 0;

    /// <summary>Whether it decides for all.</summary>
    public bool Leads => _leader is not null;

    /// <summary>Whether others have sent to the endpoint meanwhile.</summary>
    public bool WasShared { get; private set; }

    /// <summary>Whether there is anything to send, now or soon.</summary>
    public bool HasWork
    {
        get => _hasWork;
        set => (_hasNews, _hasWork) = (_hasNews || (value != _hasWork && HasOthers), value);
    }

    /// <summary>When the next exchange is due; the largest time while one is under way.</summary>
    public TimeSpan ExchangeDue =>
        _isOut ? TimeSpan.MaxValue
        : !_isAnswered && _askedAt == default ? TimeSpan.Zero
        : _askedAt + (_hasNews || _hasRefusal || _isWoken || _leader is { IsUrgent: true } ? ShareTerms.LeastBetween
            : _leader is { Waits: true } ? ShareTerms.BetweenWaiting : ShareTerms.BetweenExchanges);

    /// <summary>Whether to send a request now, and if not, when to ask again.</summary>
    public PaceAdvice Ask(TimeSpan now)
    {
        if (!_isAnswered)
        {
            return Wait(TimeSpan.MaxValue);
        }

        var server = _clock.ToServer(now);
        if (_leader is { } leader)
        {
            leader.Reserve(now);
            return leader.Others.Count == 0 ? leader.Controller.Ask(now)
                : server >= _leaseUntil ? AskFloor(now)
                : InFlight >= settings.MaxInFlight ? Wait(TimeSpan.MaxValue)
                : now < _mayAt ? Wait(_mayAt)
                : leader.Controller.Ask(now);
        }

        return server >= _leaseUntil ? AskFloor(now) : now < _mayAt ? Wait(_mayAt) : AskSlots(now, server);
    }

    /// <inheritdoc cref="PaceController.Expect"/>
    public void Expect(double factor) => _leader?.Controller.Expect(factor);

    /// <summary>A request is sent now.</summary>
    public void Sent(TimeSpan now)
    {
        _sentAt = now;
        _mayAt = double.IsFinite(settings.MaxPace) ? (_mayAt > now ? _mayAt : now) + TimeSpan.FromSeconds(1 / settings.MaxPace) : now;
        _own.Sent(now.TotalSeconds);
        _leader?.Sent(now);
        _slot = Math.Max(_slot, Math.Min(_clock.ToServer(now), _plans.SlotAfter(self, _slot) ?? 0));
    }

    /// <summary>A request has ended. Each attempt is reported, in the order of their ends.</summary>
    public void Finished(Attempt attempt)
    {
        _own.Finished(attempt.SentAt.TotalSeconds);
        if (attempt.Outcome == AttemptOutcome.Refused && attempt.SentAt >= _refusedAt)
        {
            _hasRefusal = HasOthers;
            Rest(attempt.FinishedAt);
        }

        if (_leader is { } leader)
        {
            leader.Controller.Finished(attempt);
            return;
        }

        _log.Add(attempt.FinishedAt, SharedAttempt.Of(attempt, _clock));
        TellStanding();
    }

    /// <summary>Another participant has news.</summary>
    public void Hear(ShareNews news, TimeSpan now)
    {
        _isWoken |= _leader is null ? news == ShareNews.Plan : news != ShareNews.Plan;
        if (news == ShareNews.Refused)
        {
            Rest(now);
        }
    }

    /// <summary>Begins the exchange that is due.</summary>
    public ShareRequest Exchange(TimeSpan now)
    {
        var (hasNews, hasRefusal) = (_hasNews || !_isAnswered, _hasRefusal);
        (_isOut, _hasNews, _hasRefusal, _isWoken) = (true, false, false, false);
        _askedAt = now > TimeSpan.Zero ? now : TimeSpan.FromTicks(1);
        double? bound = double.IsFinite(settings.MaxPace) ? settings.MaxPace : null;
        var report = new ShareReport
        {
            Wants = HasWork ? bound : 0,
            MaxPace = bound,
            MaxInFlight = settings.MaxInFlight < int.MaxValue ? settings.MaxInFlight : null,
            At = _clock.ToServer(now),
            Unanswered = InFlight > 0 ? _clock.ToServer(TimeSpan.FromSeconds(_own.Oldest)) : null,
            Plan = _plans.Last?.Number ?? 0,
            FirstAttempt = _log.First,
        };
        _told = report.Plan;
        var plan = _leader?.Next(now, HasWork ? settings.MaxPace : 0, 2 * _took);
        ShareNews? news = hasRefusal ? ShareNews.Refused
            : _leader is { HasNews: true } ? ShareNews.Plan
            : hasNews && _leader is null ? ShareNews.Report : null;
        _hasNews = hasRefusal && _leader is { HasNews: true };
        _lastPace = _leader is { Others.Count: 0 } ? _leader.Controller.Rate : _plans.Last?.PaceOf(self) ?? 0;
        return new(report, _leader is null ? _log.ToArray() : [], plan, HasWork || InFlight > 0, news, Resigns(report));
    }

    /// <summary>The exchange was answered.</summary>
    public void Answered(ShareAnswer answer, TimeSpan now)
    {
        _clock.Add(_askedAt, now, answer.Now);
        (_isOut, _isAnswered, _took) = (false, true, now - _askedAt);
        if (answer.Leader == self)
        {
            Lead(answer, now);
        }
        else
        {
            Follow(answer);
        }

        WasShared |= _leader is null || _leader.Others.Count > 0;
        _leading = answer.Leader;
    }

    /// <summary>The exchange failed.</summary>
    public void Missed() => _isOut = false;

    private void Lead(ShareAnswer answer, TimeSpan now)
    {
        if (_leader is null)
        {
            _leader = new(self, settings, _clock, _plans, answer with { Plan = answer.Plan ?? _plans.Last }, _own.All, now);
            _log.Clear();
        }

        _leader.Reserve(now);
        _leaseUntil = answer.LeadsUntil;
        _leader.Take(answer, now);
    }

    private void Follow(ShareAnswer answer)
    {
        if (_leader is not null || _leading != answer.Leader)
        {
            _leader = null;
            _plans.Clear();
        }

        _leaseUntil = answer.Leader is null ? 0 : Math.Min(answer.LeadsUntil, answer.Now + ShareTerms.Lease.Ticks);
        if (answer.Plan is { } plan && answer.Leader is not null)
        {
            // Slots that had passed before it was known of are lost.
            _slot = plan.Number == _plans.Last?.Number ? _slot : Math.Max(_slot, answer.Now);
            _plans.Add(plan);
        }

        _lastPace = _plans.Last?.PaceOf(self) ?? 0;
        _slot = Math.Max(_slot, answer.Now - TimeSpan.TicksPerSecond);
        TellStanding();
    }

    private bool HasOthers => _leader is null or { Others.Count: > 0 };

    // Refusals of what was sent before the first was heard of are of one epoch: it costs all together two slots, at once.
    private void Rest(TimeSpan now)
    {
        _refusedAt = now;
        var until = _clock.ToServer(now) + (_plans.Last?.Rest ?? 0);
        _slot = Math.Max(_slot, until);
        _leader?.Skip(until);
    }

    // The one that leads waits until nothing is in flight.
    private void TellStanding() => _hasNews |= InFlight == 0 && _plans.Last is { Owners.Count: 0 } plan && plan.Number != _told;

    // A slot that was missed is lost, but for a moment's lateness, and where it had to wait for another request to end. How much may be in
    // flight is known when the slot comes: the plan that it belongs to need not hold before.
    private PaceAdvice AskSlots(TimeSpan now, long server)
    {
        var slot = _plans.SlotAfter(self, _slot);
        while (slot < server - CatchUp.Ticks && (!_isHeld || _plans.SlotAfter(self, slot.Value) <= server))
        {
            _slot = slot.Value;
            slot = _plans.SlotAfter(self, _slot);
        }

        _isHeld = slot <= server && InFlight >= Math.Min(settings.MaxInFlight, _plans.At(server)?.InFlightOf(self) ?? 0);
        return slot <= server && !_isHeld ? new(true, now)
            : Wait(_isHeld || slot is not { } due ? TimeSpan.MaxValue : _clock.ToOwn(Math.Min(due, _leaseUntil)));
    }

    // The lease is over and the database away: so slowly that those who have it now are hardly disturbed.
    private PaceAdvice AskFloor(TimeSpan now)
    {
        _leader?.Controller.Disturb();
        var due = _sentAt + TimeSpan.FromSeconds(1 / Math.Max(ShareTerms.LeastFloor, ShareTerms.Floor * _lastPace));
        return now < due ? Wait(due) : new(true, now);
    }

    // One that may not go as fast as the limit does not find it, and one without work finds nothing.
    private bool Resigns(ShareReport report) =>
        _leader is { } leader && (report.IsBounded || !HasWork)
        && leader.Others.Any(other => other.Report.Wants != 0 && (!HasWork || !other.Report.IsBounded));

    private static PaceAdvice Wait(TimeSpan until) => new(false, until < TimeSpan.MaxValue ? until + TimeSpan.FromTicks(1) : until);
}
