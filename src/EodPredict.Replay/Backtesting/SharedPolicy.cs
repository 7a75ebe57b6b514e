using EodPredict.Availability;
using EodPredict.Forecasting;
using EodPredict.Forecasting.Nowcasting;
using EodPredict.Forecasting.Trees;
using EodPredict.Providers;

namespace EodPredict.Replay.Backtesting;

/// <summary>The law in which tickers tell of each other, planned exactly.</summary>
internal sealed class SharedPolicy(
    ArrivalLaw prior, CheckPrices prices, PlayedSignal? signal, BacktestOptions options, CancellationToken cancellationToken) : IProviderPolicy
{
    // A fit every night would take twenty times as long; the more is known, the less a few dates change.
    private const int DatesBetweenFits = 20;
    private const double GrowthBetweenFits = 0.06;

    // A plan that moves by less is kept.
    private static readonly TimeSpan WorthWaiting = TimeSpan.FromSeconds(30);

    // What is left of an interval that nobody believes in.
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(30);

    private readonly ITreeLearner? _learner = options.Without.HasFlag(LearnedParts.Trees) ? null : options.Learner;
    private readonly ProviderForecaster _forecaster = new(prior, options.Jobs)
    {
        KeepsExamples = !options.Without.HasFlag(LearnedParts.Trees) && options.Learner is not null,
        FindsBatches = !options.Without.HasFlag(LearnedParts.Sentinel),
        FindsGroups = !options.Without.HasFlag(LearnedParts.Nowcast),
        WeighsTrees = !options.Without.HasFlag(LearnedParts.Calibration),
    };

    private readonly Dictionary<(string Ticker, DateOnly SessionDate), PlayedSession> _open = [];
    private readonly Dictionary<int, (TimeSpan At, int Times)> _signalNo = [];
    private SignalTrust _trust = SignalTrust.None;
    private DateOnly _latest;
    private int _dates;
    private int _nextFit = DatesBetweenFits;

    public bool WatchesSignal => _trust.IsWorthWatching;

    public IReadOnlyList<PlayedPlan> Open(IReadOnlyList<PlayedSession> sessions)
    {
        foreach (var date in sessions.GroupBy(s => s.SessionDate))
        {
            Retrain(date.Key);
            _forecaster.Open(date.Key, [.. date.Select(s => (s.Ticker, s.Close))]);
        }

        var first = new PlayedPlan[sessions.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Jobs };
        Parallel.For(0, first.Length, parallel, i => first[i] = Plan(sessions[i], TimeSpan.Zero));
        foreach (var session in sessions)
        {
            _open[(session.Ticker, session.SessionDate)] = session;
        }

        return first;
    }

    public ArrivalLaw? Law(PlayedSession session) => _forecaster.Law(session.Ticker, session.SessionDate);

    public PlayedPlan Due(PlayedSession session, PlayedPlan plan)
    {
        if (!_forecaster.HasCompany(session.Ticker, session.SessionDate))
        {
            return plan;
        }

        var now = Plan(session, plan.At);
        return now.At - plan.At > WorthWaiting ? now : now with { At = plan.At };
    }

    public void SignalJudged(PlayedSession session, bool saidYes, bool wasThere) =>
        _trust = _trust.After(saidYes, wasThere, _signalNo.GetValueOrDefault(session.Index).Times);

    public PlayedPlan SignalSaidNo(PlayedSession session, TimeSpan now)
    {
        _signalNo[session.Index] = (now, _signalNo.GetValueOrDefault(session.Index).Times + 1);
        return Plan(session, now);
    }

    public PlayedPlan NotYet(PlayedSession session, TimeSpan now, Action<PlayedSession, PlayedPlan> move)
    {
        _signalNo.Remove(session.Index);
        _forecaster.NotYet(session.Ticker, session.SessionDate, now);
        MoveOthers(session, now, move);
        return Plan(session, now);
    }

    public void Ended(PlayedSession session, TimeSpan now, ArrivalInterval interval, Action<PlayedSession, PlayedPlan> move)
    {
        if (_signalNo.Remove(session.Index, out var no) && _trust.IsTrusted && no.At > interval.After && no.At < interval.By)
        {
            interval = new ArrivalInterval(no.At, interval.By);
        }

        if (options.Without.HasFlag(LearnedParts.Censoring) && interval.By is { } by && by - interval.After > AtOnce)
        {
            interval = new ArrivalInterval(by - AtOnce, by);
        }

        _forecaster.Ended(session.Ticker, session.SessionDate, interval);
        _open.Remove((session.Ticker, session.SessionDate));
        MoveOthers(session, now, move);
    }

    // From what was seen before this date.
    private void Retrain(DateOnly date)
    {
        if (_learner is null || date <= _latest)
        {
            return;
        }

        _latest = date;
        if (++_dates >= _nextFit)
        {
            _nextFit = _dates + Math.Max(DatesBetweenFits, (int)(GrowthBetweenFits * _dates));
            _forecaster.Retrain(_learner, cancellationToken);
        }
    }

    private void MoveOthers(PlayedSession session, TimeSpan now, Action<PlayedSession, PlayedPlan> move)
    {
        foreach (var ticker in _forecaster.Hastened(session.Ticker, session.SessionDate))
        {
            var other = _open[(ticker, session.SessionDate)];
            var since = session.Close + now - other.Close;
            if (since < prior.Horizon)
            {
                move(other, Plan(other, since > TimeSpan.Zero ? since : TimeSpan.Zero));
            }
        }
    }

    private PlayedPlan Plan(PlayedSession session, TimeSpan earliest)
    {
        var law = _forecaster.Law(session.Ticker, session.SessionDate);
        var limits = new PlanningLimits(earliest, prior.Horizon);
        if (_signalNo.TryGetValue(session.Index, out var no))
        {
            law = law.GivenSignalNotBy(no.At, _trust.FalseNo);
            limits = limits with { SignalsFrom = no.At + PlanningLimits.SignalRest };
        }

        _forecaster.Planned(session.Ticker, session.SessionDate);
        var now = prices with
        {
            TickersWaiting = _forecaster.TickersWaiting(session.Ticker, session.SessionDate),
            Signals = signal is { } head && _trust.IsTrusted
                ? [new SignalTerms(CheckMethod.Head, head.Price, _trust.FalseYes, _trust.FalseNo)]
                : [],
        };
        var next = CheckPlanner.Plan(law, now, limits).Next;
        return new PlayedPlan(next.At, next.Method);
    }
}
