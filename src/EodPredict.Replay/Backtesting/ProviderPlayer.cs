using EodPredict.Forecasting;
using EodPredict.Providers;
using EodPredict.Replay.Recorded;
using EodPredict.Replay.Vendor;

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
/// <param name="signal">The provider's cheap signal; null: it has none.</param>
internal sealed class ProviderPlayer(
    IReadOnlyList<RecordedSession> sessions, DateOnly warm, TimeSpan warmupInterval, TimeSpan horizon, PlayedSignal? signal)
{
    private const int Checks = 0;
    private const int Openings = 1;
    private const double Impossible = 1e-9;

    private readonly SeededChance _chance = new(0);
    private readonly PlayedSession[] _played = [.. sessions.Select((s, i) => new PlayedSession(i, s.Ticker, s.SessionDate, s.Close))];
    private readonly PriorityQueue<Turn, (long Instant, int Kind, int Index)> _turns = new();
    private readonly Watch[] _watches = [.. sessions.Select(_ => new Watch())];
    private readonly List<BacktestCheck> _checks = [];
    private readonly List<ForetoldArrival> _foretold = [];
    private readonly List<DateOnly> _signals = [];

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
            [.. _checks.OrderBy(c => c.SessionDate).ThenBy(c => c.Ticker, StringComparer.Ordinal).ThenBy(c => c.At)], _foretold, _signals);
    }

    private void Open(IProviderPolicy policy, PlayedSession[] opening)
    {
        var first = policy.Open(opening);
        for (var i = 0; i < opening.Length; i++)
        {
            Plan(opening[i], IsWarmup(opening[i]) ? PlayedPlan.Get(warmupInterval) : first[i]);
            _watches[opening[i].Index].Law = IsWarmup(opening[i]) ? null : policy.Law(opening[i]);
        }
    }

    private bool IsPostponed(IProviderPolicy policy, PlayedSession session)
    {
        var watch = _watches[session.Index];
        if (IsWarmup(session))
        {
            return false;
        }

        var due = policy.Due(session, watch.Next);
        if (due.At <= watch.Next.At)
        {
            watch.Next = due;
            return false;
        }

        Plan(session, due);
        return true;
    }

    // Whether the session ends with this check.
    private bool Check(IProviderPolicy policy, PlayedSession session)
    {
        var watch = _watches[session.Index];
        var now = watch.Next.At;
        var found = sessions[session.Index].Arrival <= session.Close + now;
        if (SignalSaysNo(policy, session, found))
        {
            watch.LookedBy = now;
            Plan(session, policy.SignalSaidNo(session, now));
            return false;
        }

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

        (watch.NotBy, watch.LookedBy) = (now, now);
        Plan(session, IsWarmup(session)
            ? PlayedPlan.Get(now + warmupInterval < horizon ? now + warmupInterval : horizon)
            : policy.NotYet(session, now, Move));
        return false;
    }

    // Asks the signal where the plan or the policy's curiosity wants it; true where it said no and was all that was to be asked.
    private bool SignalSaysNo(IProviderPolicy policy, PlayedSession session, bool isThere)
    {
        var watch = _watches[session.Index];
        var isAlone = watch.Next.Method != CheckMethod.Get;
        if (signal is not { } head || IsWarmup(session) || (!isAlone && !policy.WatchesSignal))
        {
            return false;
        }

        _signals.Add(session.SessionDate);
        var saidYes = isThere ^ (_chance.Draw("signal", session.Ticker, (session.Close + watch.Next.At).UtcTicks) < head.FalseShare);
        if (isAlone && !saidYes)
        {
            return true;
        }

        policy.SignalJudged(session, saidYes, isThere);
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

    private void Move(PlayedSession session, PlayedPlan next)
    {
        if (!IsWarmup(session))
        {
            Plan(session, next);
        }
    }

    private void Plan(PlayedSession session, PlayedPlan next)
    {
        var watch = _watches[session.Index];
        // A GET may follow at once on a signal that said no, if that is not believed.
        var isLater = next.At > (next.Method == CheckMethod.Get ? watch.NotBy : watch.LookedBy) || watch.LookedBy == TimeSpan.Zero;
        if (!isLater || next.At < watch.LookedBy || next.At > horizon)
        {
            throw new InvalidOperationException($"The check of {session.Ticker} on {session.SessionDate:O} planned for {next.At} after the "
                + $"close does not lie between {watch.LookedBy} and {horizon}.");
        }

        watch.Next = next;
        watch.Plan++;
        _turns.Enqueue(new Turn(session.Index, watch.Plan), ((session.Close + next.At).UtcTicks, Checks, session.Index));
    }

    /// <param name="Index">The session; of an opening, one of those that open.</param>
    /// <param name="Plan">Which plan the check belongs to; null: an opening.</param>
    private readonly record struct Turn(int Index, int? Plan);

    private sealed class Watch
    {
        public const int Over = -1;

        /// <summary>When a GET last found nothing.</summary>
        public TimeSpan NotBy { get; set; }

        /// <summary>When a GET or the signal last told that it is not there.</summary>
        public TimeSpan LookedBy { get; set; }

        public PlayedPlan Next { get; set; }

        /// <summary>What was believed when it opened.</summary>
        public ArrivalLaw? Law { get; set; }

        /// <summary>How often it was planned: checks of earlier plans do not happen.</summary>
        public int Plan { get; set; }
    }
}
