using EodPredict.Scraping.Limit;
using EodPredict.Scraping.Pace;

namespace EodPredict.Scraping.Sharing;

/// <summary>
/// What the one that leads does: its controller decides for all, from what became of everybody's attempts, and its plan deals the pace out.
/// Its own requests are what the controller allows beside the slots of the others, so that tests, and what a refusal costs, are its own.
/// Not thread-safe.
/// </summary>
internal sealed class ShareLeader
{
    // A pace that differs by less is the same.
    private const double SamePace = 0.002;
    private const double FallsAtOnce = 0.97;
    private const double RisesAtOnce = 1.1;
    // Part of a slot by which another's comes first.
    private const double Ahead = 0.6;
    private const double MostSeats = 1e6;
    // Requests by which it may be ahead of its share, and down to which it lets the others catch up, at a part of its slots: other turns
    // cost something too.
    private const double MostAhead = 150;
    private const double LeastAhead = 20;
    private const double WhileBehind = 0.25;

    private static readonly TimeSpan LeastNotice = TimeSpan.FromMilliseconds(60);
    // All have asked by then.
    private static readonly TimeSpan UnhurriedNotice = ShareTerms.BetweenExchanges + TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan MostNotice = TimeSpan.FromMilliseconds(250);

    private readonly Participant _self;
    private readonly PaceSettings _settings;
    private readonly ServerClock _clock;
    private readonly PlanTable _plans;
    private readonly Dictionary<Participant, long> _told = [];
    private readonly long _since;
    private long _reservedUntil;
    private IReadOnlyList<int> _pattern = [];
    private int _turn;
    private double _ahead;
    private bool _repays;

    /// <param name="self">The one that leads.</param>
    /// <param name="settings">Its own bounds, and what was learned before.</param>
    /// <param name="clock">The database's clock.</param>
    /// <param name="plans">The plans so far, which go on.</param>
    /// <param name="answer">The answer by which it leads.</param>
    /// <param name="sent">Its requests that are not answered, in the order of sending.</param>
    /// <param name="now">The instant.</param>
    public ShareLeader(
        Participant self, PaceSettings settings, ServerClock clock, PlanTable plans, ShareAnswer answer, IEnumerable<double> sent,
        TimeSpan now)
    {
        (_self, _settings, _clock, _plans) = (self, settings, clock, plans);
        Controller = new(settings);
        Controller.Adopt(sent);
        if (answer.Plan is { } plan)
        {
            _plans.Add(plan);
            if (plan.Rate > 0)
            {
                Controller.Continue(now, plan.Rate, plan.Low, plan.High ?? double.PositiveInfinity);
            }
        }

        (_since, _reservedUntil) = (answer.Now, answer.Now);
    }

    /// <summary>Decides for all.</summary>
    public PaceController Controller { get; }

    /// <summary>The others that live.</summary>
    public IReadOnlyList<OtherParticipant> Others { get; private set; } = [];

    /// <summary>Whether the others must hear of a new pace before the next exchange is due.</summary>
    public bool IsUrgent
    {
        get
        {
            if (Others.Count == 0)
            {
                return false;
            }

            var planned = _plans.Last is { Owners.Count: > 0 } plan ? 1 / plan.Spacing : 0;
            var pace = Controller.SteadyPace;
            return pace < FallsAtOnce * planned || pace > RisesAtOnce * planned;
        }
    }

    /// <summary>Whether the others must hear of the last plan at once.</summary>
    public bool HasNews { get; private set; }

    /// <summary>Whether its next step depends on what the others tell.</summary>
    public bool Waits => Others.Count > 0 && Controller.Waits;

    /// <summary>It sends a request now: tests, the start and single requests go beyond its slots, and are made up for.</summary>
    public void Sent(TimeSpan now)
    {
        Controller.Sent(now);
        _ahead += Others.Count / (Others.Count + 1.0);
    }

    /// <summary>The others leave out their slots up to an instant, by the database's clock.</summary>
    public void Skip(long until)
    {
        foreach (var slot in _plans.SlotsOfOthers(_self, _reservedUntil, until))
        {
            Controller.Skip(_clock.ToOwn(slot));
        }

        _reservedUntil = Math.Max(_reservedUntil, until);
    }

    /// <summary>Counts the others' slots that have come up.</summary>
    public void Reserve(TimeSpan now)
    {
        var until = _clock.ToServer(now);
        var ahead = until + (_plans.Last is { Owners.Count: > 0 } last ? (long)(Ahead * last.Spacing * TimeSpan.TicksPerSecond) : 0);
        foreach (var slot in _plans.SlotsOfOthers(_self, _reservedUntil, ahead))
        {
            Controller.Reserve(_clock.ToOwn(slot));
            _ahead = Math.Max(0, _ahead - (1.0 / (Others.Count + 1)));
        }

        _reservedUntil = Math.Max(_reservedUntil, ahead);
        _plans.At(until);
    }

    /// <summary>Takes what the others told.</summary>
    public void Take(ShareAnswer answer, TimeSpan now)
    {
        List<Attempt> attempts = [];
        foreach (var other in answer.Others)
        {
            // What one did before it was heard of is counted nowhere.
            var known = _told.GetValueOrDefault(other.Who, long.MaxValue);
            attempts.AddRange(other.Attempts
                .Skip((int)Math.Clamp(known - other.Report.FirstAttempt, 0, int.MaxValue))
                .Where(attempt => attempt.SentAt >= _since).Select(attempt => attempt.On(_clock)));
            _told[other.Who] = other.Report.FirstAttempt + other.Attempts.Length;
        }

        var before = Others.Select(other => other.Who).ToHashSet();
        Others = [.. answer.Others.Where(other => Lives(other, answer.Now))];
        if (!before.SetEquals(Others.Select(other => other.Who)))
        {
            Controller.Disturb();
        }

        attempts.Sort((one, another) => one.FinishedAt.CompareTo(another.FinishedAt));
        var answered = Others.Min(other => Unanswered(other));
        Bound();
        Controller.Told(now, attempts, answered is { } at ? _clock.ToOwn(at) : null);
    }

    /// <summary>The plan from now on: the last one where nothing changes.</summary>
    /// <param name="now">The instant.</param>
    /// <param name="wants">Requests per second that this participant could send.</param>
    /// <param name="notice">How long an exchange takes.</param>
    public SharePlan Next(TimeSpan now, double wants, TimeSpan notice)
    {
        Reserve(now);
        var (members, owners, pace) = Deal(wants);
        var last = _plans.Last ?? new SharePlan();
        var next = last with
        {
            Members = members,
            Epoch = Math.Max(last.Epoch, Controller.Epochs),
            Rate = Controller.Rate,
            Low = Controller.Low,
            High = double.IsFinite(Controller.High) ? Controller.High : null,
        };
        HasNews = IsUrgent || !owners.SequenceEqual(_pattern) || !members.Select(member => member.Who).SequenceEqual(last.Participants);
        if (last.Number == 0 || !IsSame(last, members, owners, pace))
        {
            next = Begin(next, owners, pace, now, notice);
        }

        _pattern = owners;
        _plans.Add(next);
        var seats = members.Where(member => member.Who != _self).Sum(member => (double)member.InFlight);
        var share = pace > 0 ? 1 - (next.PaceOf(_self) / pace) : 0;
        Controller.Lease(members.Count > 1 ? share : 0, seats);
        return next;
    }

    private bool IsSame(SharePlan last, IReadOnlyList<ShareMember> members, IReadOnlyList<int> owners, double pace) =>
        owners.SequenceEqual(_pattern) && last.Owners.Count == owners.Count
        && members.Select(member => member.Who).SequenceEqual(last.Participants)
        && (owners.Count == 0 || Math.Abs((pace * last.Spacing) - 1) < SamePace);

    // The turns go on where they were, so that one who hears of it late is hardly too early.
    private SharePlan Begin(SharePlan next, IReadOnlyList<int> owners, double pace, TimeSpan now, TimeSpan notice)
    {
        var server = _clock.ToServer(now);
        next = next with { Number = next.Number + 1, Spacing = owners.Count == 0 ? 1 : 1 / pace };
        if (owners.Count == 0)
        {
            return next with { Begins = server, From = server, Owners = owners };
        }

        var hurried = notice < LeastNotice ? LeastNotice : notice > MostNotice ? MostNotice : notice;
        var noticed = server + (HasNews ? hurried : UnhurriedNotice).Ticks;
        var (slot, turn) = (Math.Max(noticed, _clock.ToServer(Controller.NextAt)), 0);
        if (_plans.Last is { Owners.Count: > 0 } last)
        {
            (slot, turn) = last.NextSlot(noticed);
            turn = owners.SequenceEqual(_pattern) && last.Owners.Count == owners.Count ? turn + _turn : 0;
        }

        _turn = turn % owners.Count;
        return next with { Begins = slot, From = slot, Owners = [.. owners.Skip(_turn), .. owners.Take(_turn)] };
    }

    private (IReadOnlyList<ShareMember> Members, IReadOnlyList<int> Owners, double Pace) Deal(double wants)
    {
        var pace = Controller.SteadyPace;
        if (Others.Count == 0 || pace <= 0)
        {
            return ([], [], 0);
        }

        List<(Participant Who, double Wants)> all =
            [
                (_self, Repays() ? Math.Min(wants, WhileBehind * pace / (Others.Count + 1)) : wants),
                .. Others.Select(other => (other.Who, other.Report.Wants ?? double.PositiveInfinity)),
            ];
        all = [.. all.OrderBy(one => one.Who != _self).ThenBy(one => one.Who.Worker).ThenBy(one => one.Who.Job)];
        var shares = FairShares.Divide(pace, [.. all.Select(one => one.Wants)]);
        var room = (int)Math.Min(MostSeats, Controller.MostInFlight);
        var seats = FairShares.Seats(room, shares, _clock.ToServer(TimeSpan.Zero) & int.MaxValue);
        if (seats.Where((seat, place) => seat == 0 && shares[place] > 0).Any())
        {
            shares = FairShares.Divide(pace, [.. all.Select((one, place) => seats[place] == 0 ? 0 : one.Wants)]);
        }

        return ([.. all.Select((one, place) => new ShareMember(one.Who, seats[place]))], FairShares.Pattern(pace, shares), pace);
    }

    private bool Repays() => _repays = !Controller.IsQueued && _ahead > (_repays ? LeastAhead : MostAhead);

    private static bool Lives(OtherParticipant other, long now) =>
        now - other.SeenAt < (other.Lives ? ShareTerms.Lease : ShareTerms.Silence).Ticks;

    // Since when a living one may have requests out: those it told of, and those it may have sent since then.
    private long? Unanswered(OtherParticipant other)
    {
        var follows = _plans.Last is { } last && other.Report.Plan == last.Number && last.Begins <= other.Report.At;
        var maySend = follows ? _plans.Last!.PaceOf(other.Who) > 0 : _plans.MaySend(other.Who);
        return other.Report.Unanswered ?? (maySend ? other.Report.At : null);
    }

    private void Bound()
    {
        if (Others.Count == 0)
        {
            Controller.Bound(_settings.MaxPace, _settings.MaxInFlight);
            return;
        }

        Controller.Bound(
            _settings.MaxPace + Others.Sum(other => other.Report.MaxPace ?? double.PositiveInfinity),
            (int)Math.Min(int.MaxValue, _settings.MaxInFlight + Others.Sum(other => (double)(other.Report.MaxInFlight ?? int.MaxValue))));
    }
}
