using EodPredict.Forecasting;
using EodPredict.Replay.Recorded;

namespace EodPredict.Replay.Backtesting;

/// <summary>
/// Plays the sessions of a provider in virtual time, all tickers in one order of events: each session opens at its close, each check
/// happens at its instant, and the policy learns of an arrival at the instant of the check that found it, never earlier. Checks of one
/// instant come before openings of it.
/// </summary>
/// <param name="sessions">The truth.</param>
/// <param name="warm">Sessions before this date are watched by fixed polling, from which the policy learns.</param>
/// <param name="warmupInterval">The gap of that polling.</param>
/// <param name="horizon">How long after the close a session is watched.</param>
internal sealed class ProviderPlayer(IReadOnlyList<RecordedSession> sessions, DateOnly warm, TimeSpan warmupInterval, TimeSpan horizon)
{
    private const int Checks = 0;
    private const int Openings = 1;
    private const double Impossible = 1e-9;

    private readonly PlayedSession[] _played = [.. sessions.Select((s, i) => new PlayedSession(i, s.Ticker, s.SessionDate, s.Close))];
    private readonly PriorityQueue<Turn, (long Instant, int Kind, int Index)> _turns = new();
    private readonly Watch[] _watches = [.. sessions.Select(_ => new Watch())];
    private readonly List<BacktestCheck> _checks = [];
    private readonly List<ForetoldArrival> _foretold = [];

    /// <summary>Plays to the end.</summary>
    /// <param name="policy">Who decides when to check.</param>
    /// <param name="ended">Called as each session ends.</param>
    /// <param name="cancellationToken">Ends the playing.</param>
    public PlayedBacktest Play(IProviderPolicy policy, Action ended, CancellationToken cancellationToken)
    {
        var byClose = _played.ToLookup(s => s.Close);
        foreach (var closing in byClose)
        {
            _turns.Enqueue(new Turn(closing.First().Index, null), (closing.Key.UtcTicks, Openings, 0));
        }

        while (_turns.TryDequeue(out var turn, out _))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var session = _played[turn.Index];
            if (turn.Plan is not { } plan)
            {
                Open(policy, [.. byClose[session.Close]]);
            }
            else if (plan == _watches[turn.Index].Plan && !IsPostponed(policy, session) && Check(policy, session))
            {
                ended();
            }
        }

        return new PlayedBacktest(
            [.. _checks.OrderBy(c => c.SessionDate).ThenBy(c => c.Ticker, StringComparer.Ordinal).ThenBy(c => c.At)], _foretold);
    }

    private void Open(IProviderPolicy policy, PlayedSession[] opening)
    {
        var first = policy.Open(opening);
        for (var i = 0; i < opening.Length; i++)
        {
            Plan(opening[i], IsWarmup(opening[i]) ? warmupInterval : first[i]);
            _watches[opening[i].Index].Law = IsWarmup(opening[i]) ? null : policy.Law(opening[i]);
        }
    }

    private bool IsPostponed(IProviderPolicy policy, PlayedSession session)
    {
        var now = _watches[session.Index].Next;
        if (IsWarmup(session) || policy.Due(session, now) is var at && at <= now)
        {
            return false;
        }

        Plan(session, at);
        return true;
    }

    // Whether the session ends with this check.
    private bool Check(IProviderPolicy policy, PlayedSession session)
    {
        var watch = _watches[session.Index];
        var now = watch.Next;
        var found = sessions[session.Index].Arrival <= session.Close + now;
        _checks.Add(new BacktestCheck(session.Ticker, session.SessionDate, session.Close + now, found));
        if (found || now >= horizon)
        {
            // A find at the very close lies in an interval of no length; a second stands for it.
            var by = now > watch.NotBy ? now : now + TimeSpan.FromSeconds(1);
            watch.Plan = Watch.Over;
            var interval = found ? new ArrivalInterval(watch.NotBy, by) : new ArrivalInterval(now, null);
            Compare(session, interval);
            policy.Ended(session, now, interval, Move);
            return true;
        }

        watch.NotBy = now;
        var next = IsWarmup(session) ? now + warmupInterval : policy.NotYet(session, now, Move);
        Plan(session, next < horizon || !IsWarmup(session) ? next : horizon);
        return false;
    }

    private void Compare(PlayedSession session, ArrivalInterval interval)
    {
        var watch = _watches[session.Index];
        if (watch.Law is { } law && sessions[session.Index].Delay is { } delay)
        {
            var score = -Math.Log(Math.Max(law.ProbabilityOf(interval), Impossible));
            _foretold.Add(new ForetoldArrival(session.SessionDate, law.ProbabilityBy(delay), score));
        }

        watch.Law = null;
    }

    private bool IsWarmup(PlayedSession session) => session.SessionDate < warm;

    private void Move(PlayedSession session, TimeSpan at)
    {
        if (!IsWarmup(session))
        {
            Plan(session, at);
        }
    }

    private void Plan(PlayedSession session, TimeSpan at)
    {
        var watch = _watches[session.Index];
        if ((at <= watch.NotBy && watch.NotBy > TimeSpan.Zero) || at > horizon)
        {
            throw new InvalidOperationException($"The check of {session.Ticker} on {session.SessionDate:O} planned for {at} after the close "
                + $"does not lie between {watch.NotBy} and {horizon}.");
        }

        watch.Next = at;
        watch.Plan++;
        _turns.Enqueue(new Turn(session.Index, watch.Plan), ((session.Close + at).UtcTicks, Checks, session.Index));
    }

    /// <param name="Index">The session; of an opening, one of those that open.</param>
    /// <param name="Plan">Which plan the check belongs to; null: an opening.</param>
    private readonly record struct Turn(int Index, int? Plan);

    private sealed class Watch
    {
        public const int Over = -1;

        public TimeSpan NotBy { get; set; }

        public TimeSpan Next { get; set; }

        /// <summary>What was believed when it opened.</summary>
        public ArrivalLaw? Law { get; set; }

        /// <summary>How often it was planned: checks of earlier plans do not happen.</summary>
        public int Plan { get; set; }
    }
}
