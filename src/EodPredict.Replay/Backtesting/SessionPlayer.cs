using EodPredict.Forecasting;
using EodPredict.Replay.Recorded;

namespace EodPredict.Replay.Backtesting;

/// <summary>
/// Plays sessions in virtual time: each opens at its close, each check happens at its instant, and a policy learns of an arrival at the
/// instant of the check that found it, never earlier. Checks of one instant come before openings of it.
/// </summary>
internal sealed class SessionPlayer(TimeSpan horizon)
{
    private readonly PriorityQueue<Turn, (long Instant, int Order, int Index)> _turns = new();
    private readonly List<BacktestCheck> _checks = [];

    /// <summary>Every check made, in order of time.</summary>
    public IReadOnlyList<BacktestCheck> Checks => _checks;

    /// <summary>Plays to the end.</summary>
    /// <param name="sessions">The sessions, with the policy that watches each and those that learn from it.</param>
    /// <param name="ended">Called as each session ends.</param>
    /// <param name="cancellationToken">Ends the playing.</param>
    public void Play(IReadOnlyList<PlayedSession> sessions, Action ended, CancellationToken cancellationToken)
    {
        for (var i = 0; i < sessions.Count; i++)
        {
            _turns.Enqueue(new Turn(i, null, TimeSpan.Zero, TimeSpan.Zero), (sessions[i].Session.Close.UtcTicks, 1, i));
        }

        while (_turns.TryDequeue(out var turn, out _))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var played = sessions[turn.Index];
            if (turn.Watch is not { } watch)
            {
                watch = played.Watcher.Open(played.Session.SessionDate, played.Session.Close);
                Await(turn.Index, played.Session, watch, TimeSpan.Zero, watch.First());
            }
            else if (!Check(played, turn))
            {
                Await(turn.Index, played.Session, watch, turn.At, watch.AfterNotYet(turn.At));
            }
            else
            {
                ended();
            }
        }
    }

    private void Await(int index, RecordedSession session, ISessionWatch watch, TimeSpan after, TimeSpan at)
    {
        if (at <= after && after > TimeSpan.Zero || at > horizon)
        {
            throw new InvalidOperationException($"The check of {session.Ticker} on {session.SessionDate:O} planned for {at} after the close "
                + $"does not lie between {after} and {horizon}.");
        }

        _turns.Enqueue(new Turn(index, watch, after, at), ((session.Close + at).UtcTicks, 0, index));
    }

    // Whether the session ends with this check.
    private bool Check(PlayedSession played, Turn turn)
    {
        var session = played.Session;
        var instant = session.Close + turn.At;
        var found = session.Arrival <= instant;
        _checks.Add(new BacktestCheck(session.Ticker, session.SessionDate, instant, found));
        if (!found && turn.At < horizon)
        {
            return false;
        }

        var interval = found ? FoundBetween(turn) : new ArrivalInterval(turn.At, null);
        played.Learner.Learn(new PastArrival(session.SessionDate, session.Close, interval));
        return true;
    }

    // A find at the very close lies in an interval of no length; a second stands for it.
    private static ArrivalInterval FoundBetween(Turn turn) =>
        new(turn.After, turn.At > turn.After ? turn.At : turn.At + TimeSpan.FromSeconds(1));

    private readonly record struct Turn(int Index, ISessionWatch? Watch, TimeSpan After, TimeSpan At);
}
