using EodPredict.Scraping.Limit;

namespace EodPredict.Scraping.Pace;

// How sending goes on after more was refused than a touch, after an outage, and from what is told.
public sealed partial class PaceController
{
    // Shorter windows need no knowledge of their kind: an even pace suits them all.
    private const double ShortestWindow = 1.5;
    private const double QuotasBetweenTests = 40;

    private double _cycleFrom;
    private double _resumeAt;
    private int _notWindowed;

    // More was refused than a touch explains, and nothing is in flight any more.
    private void Drained()
    {
        EndEpoch();
        if (_cycles.Seen > 0 && _epoch.Admitted > 1 && _epoch.LastAdmitted > _epoch.From + (0.01 * _cycles.Window) && ++_notWindowed > 1)
        {
            _notWindowed = 0;
            _cycles.Forget();
        }

        if (_epoch.Admitted >= 3 && 5 * _epoch.Admitted > _epoch.Refused)
        {
            Settle(_cycles.Seen > 0 ? 0.99 * _rate : _epoch.AdmittedPace);
            return;
        }

        _phase = PacePhase.Feeling;
        _feelers.Begin();
        PlanFeeler();
    }

    private void Recovered(double at)
    {
        _feelers.Recovered(at, _epoch.From);
        if (_resumeAt > 0)
        {
            // An outage says nothing about the limit.
            _bracket.Forget(_bracket.Low, _bracket.High);
            _epoch.End(at);
            Resume(_resumeAt);
            _resumeAt = 0;
            return;
        }

        if (_epoch.Fastest <= 0)
        {
            // Nothing had been admitted before: the start begins now.
            (_phase, _cycleFrom) = (PacePhase.Starting, at);
            return;
        }

        var known = _cycles.Seen > 0;
        var admitted = _admitted.Before(_epoch.From) - _admitted.Before(_cycleFrom);
        var (alive, dead) = (Math.Max(1e-3, _epoch.From - _cycleFrom), at - _epoch.From);
        var average = (admitted + 1) / (alive + dead);
        var lost = dead * admitted / alive;
        var from = _cycleFrom;
        _cycleFrom = at;
        var isWindow = known ? lost > 3 : lost > 30 && dead > ShortestWindow && _feelers.Count > 2;
        if (isWindow && _epoch.Admitted <= Math.Max(known ? 2 : 0, 0.15 * _epoch.Refused))
        {
            Settle(_cycles.Add(from, _epoch.From, _lastRefused, at, _epoch.Provoked, _admitted.Before));
            return;
        }

        Settle(known ? 0.99 * _rate
            : _feelers.Count > 2 || _epoch.Admitted == 0 ? Math.Min(average, 0.7 * _epoch.Fastest)
            : _epoch.AdmittedPace);
    }

    // Sending goes on at a rate that the server should bear.
    private void Settle(double rate)
    {
        _paused = true;
        if (_cycles.Seen == 0 && _laws.Bounds is not null && !_laws.CountsRefused)
        {
            Keep();
        }
        else if (_cycles.Seen > 0)
        {
            _bracket.Forget(0, Never);
            if (_epoch.Provoked)
            {
                _tests.Widen(QuotasBetweenTests * _cycles.Quota);
            }
            else
            {
                _tests.Hasten();
            }

            Resume(rate);
        }
        else if (_epoch.Provoked)
        {
            Touch(Beyond(), paused: false);
            SettleAfterTest(rate);
        }
        else
        {
            if (Mature)
            {
                _tests.Changed(_now, _rate, rate);
            }

            _bracket.Forget(0, _epoch.Fastest);
            _tests.Hasten();
            Resume(rate);
        }
    }

    // What was refused is explained: nothing has changed.
    private void Keep()
    {
        _bracket.Forget(0, Never);
        Aim();
        Weigh();
        Resume(_rate);
    }

    private void SettleAfterTest(double rate)
    {
        var former = _rate;
        _rate = Math.Max(rate, _rate);
        Aim();
        if (_rate > 1.15 * former)
        {
            if (Mature)
            {
                _tests.Changed(_now, former, _rate);
            }

            _tests.Hasten();
        }
        else
        {
            _tests.Widen(BestGap());
        }

        Resume(_rate);
    }

    private void Resume(double rate)
    {
        (_phase, _rate) = (PacePhase.Cruising, Math.Max(rate, SlowestRate));
        _nextAt = _now + (1 / _rate);
        PlanTest();
    }

    // Told by the headers before anything was refused: where to start, and no more.
    private void Believe(LimitHint hint)
    {
        if (hint is { Quota: { } quota and > 0, Window: { } window } && window > TimeSpan.Zero && _admitted.Total >= 3)
        {
            Learn(quota / window.TotalSeconds);
        }
    }

    private void Learn(double rate)
    {
        _tests.Hasten();
        Resume(rate);
    }

    private void PlanFeeler() => _feelers.Plan(_now, _epoch.From, _latency.Mean, Boundary(), _resumeAt > 0);

    // A window that should have turned and did not is of another length.
    private double? Boundary() => _feelers.Count < 3 ? _cycles.NextBoundary(_epoch.From, _now) : null;
}
