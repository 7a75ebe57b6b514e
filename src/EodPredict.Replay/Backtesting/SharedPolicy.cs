using EodPredict.Availability;
using EodPredict.Forecasting;
using EodPredict.Forecasting.Nowcasting;
using EodPredict.Forecasting.Trees;

namespace EodPredict.Replay.Backtesting;

/// <summary>The law in which tickers tell of each other, planned exactly.</summary>
internal sealed class SharedPolicy(
    ArrivalLaw prior, CheckPrices prices, BacktestOptions options, CancellationToken cancellationToken) : IProviderPolicy
{
    // A fit every night would take twenty times as long.
    private const int DatesBetweenFits = 20;

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
    private DateOnly _latest;
    private int _dates;

    public IReadOnlyList<TimeSpan> Open(IReadOnlyList<PlayedSession> sessions)
    {
        foreach (var date in sessions.GroupBy(s => s.SessionDate))
        {
            Retrain(date.Key);
            _forecaster.Open(date.Key, [.. date.Select(s => (s.Ticker, s.Close))]);
        }

        var first = new TimeSpan[sessions.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Jobs };
        Parallel.For(0, first.Length, parallel, i => first[i] = Plan(sessions[i], TimeSpan.Zero));
        foreach (var session in sessions)
        {
            _open[(session.Ticker, session.SessionDate)] = session;
        }

        return first;
    }

    public ArrivalLaw? Law(PlayedSession session) => _forecaster.Law(session.Ticker, session.SessionDate);

    public TimeSpan Due(PlayedSession session, TimeSpan now)
    {
        if (!_forecaster.HasCompany(session.Ticker, session.SessionDate))
        {
            return now;
        }

        var at = Plan(session, now);
        return at - now > WorthWaiting ? at : now;
    }

    public TimeSpan NotYet(PlayedSession session, TimeSpan now, Action<PlayedSession, TimeSpan> move)
    {
        _forecaster.NotYet(session.Ticker, session.SessionDate, now);
        MoveOthers(session, now, move);
        return Plan(session, now);
    }

    public void Ended(PlayedSession session, TimeSpan now, ArrivalInterval interval, Action<PlayedSession, TimeSpan> move)
    {
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
        if (++_dates % DatesBetweenFits == 0)
        {
            _forecaster.Retrain(_learner, cancellationToken);
        }
    }

    private void MoveOthers(PlayedSession session, TimeSpan now, Action<PlayedSession, TimeSpan> move)
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

    private TimeSpan Plan(PlayedSession session, TimeSpan earliest)
    {
        var law = _forecaster.Law(session.Ticker, session.SessionDate);
        _forecaster.Planned(session.Ticker, session.SessionDate);
        var waiting = prices with { TickersWaiting = _forecaster.TickersWaiting(session.Ticker, session.SessionDate) };
        return CheckPlanner.Plan(law, waiting, new PlanningLimits(earliest, prior.Horizon)).Next.At;
    }
}
