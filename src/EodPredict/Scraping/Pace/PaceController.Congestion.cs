using EodPredict.Scraping.Limit;

namespace EodPredict.Scraping.Pace;

// What refusals, recoveries and hints change.
public sealed partial class PaceController
{
    // Shorter windows need no knowledge of their kind: an even pace suits them all.
    private const double ShortestWindow = 1.5;
    private const double QuotasBetweenTests = 40;
    private const double WindowsBetweenTests = 3;

    // Epochs in a row that a law of longer windows explains before tests are made for it: tests at even distances fit many laws by chance.
    private const int Lawful = 3;

    // Half the way to the pace that was refused, as ratios go.
    private const double MostRise = 0.5;

    private double _cycleFrom;
    private double _resumeAt;
    private int _lawful;
    private int _notWindowed;
    private bool _paused;
    private bool _matured;

    // Whether something was known well enough once that a difference from it is a change and not learning.
    private bool Mature => _matured |= _cycles.Seen > 0 || (_bracket.HasAnchor && _bracket.High < 1.15 * _bracket.Low);

    private void Refused(double sent, LimitHint hint, int others)
    {
        _lastRefused = Math.Max(_lastRefused, sent);
        _feelers.Asked(_now + hint.RetryAfter?.TotalSeconds);
        if (_phase == PacePhase.Feeling)
        {
            PlanFeeler();
            return;
        }

        if (!_epoch.Open)
        {
            if (sent < _epoch.Decided)
            {
                return;
            }

            _queue.Leave();
            SeeRefused(others);
            Epochs++;

            // What others had out may be refused before anything was sent again: it was sent at the pace of then.
            if (_fastest <= 0 && _rate > 0)
            {
                (_slowest, _fastest) = (Pace(), Pace());
            }

            _epoch.Begin(sent, _now, _admitted.Since(sent), _phase == PacePhase.Testing, _slowest, _fastest);
            (_slowest, _fastest) = (Never, 0);
        }

        _refusedInRow = sent > _lastAdmitted ? _refusedInRow + 1 : 1;
        _epoch.AddRefused(sent);
        if (_phase == PacePhase.Starting)
        {
            _phase = PacePhase.Draining;
        }
        else if (_phase != PacePhase.Draining)
        {
            _phase = PacePhase.Cruising;
            _tests.End();

            // What refusals took where they count, and one more.
            _nextAt = Math.Max(_nextAt, _now) + (2 / _rate);
            _phase = IsHard() ? PacePhase.Draining : PacePhase.Cruising;
        }
    }

    private bool IsHard() =>
        _cycles.Seen > 0
        || _refusedInRow >= 5
        || (_epoch.Refused >= Math.Max(3, 0.15 * _rate * _latency.Mean) + (_rate * _hearing)
            && _epoch.Refused >= 0.4 * (_sends.Before(_epoch.Last) + 1 - _sends.Before(_epoch.From)));

    private void EndEpoch()
    {
        _epoch.End(_now);
        _laws.Settle(Math.Min(_now, Oldest));
        _lawful = _laws.Window > ShortestWindow ? _lawful + 1 : 0;
    }

    // The limit was touched, and no more.
    private void CloseEpoch()
    {
        EndEpoch();
        if (_isByNumber)
        {
            HoldNumber();
            return;
        }

        var (mature, former) = (Mature, _rate);
        var changed = Touch(_epoch.Provoked ? Beyond() : null, _paused);
        if (_epoch.Provoked && _laws.Bounds is null && Beyond() > _tests.Expected)
        {
            changed = true;
            _rate = mature ? Risen() : Math.Max(_rate, 0.6 * _epoch.Fastest);
            _bracket.Forget(_bracket.Low, _epoch.Fastest);
            Touch(Beyond(), paused: false);
            _tests.Hasten(3);
        }
        else if (_epoch.Provoked && _laws.Bounds is null && Beyond() > _tests.Unremarkable)
        {
            _bracket.ForgetHigh();
        }

        _paused = false;
        _run.Add(_epoch.From, _admitted.Before(_epoch.From), former, mature, _epoch.Provoked);
        _touchedAt = _admitted.Before(_epoch.From);
        _changedLow = changed && !_epoch.Provoked && double.IsInfinity(_run.Most(_admitted.Total))
            ? LeastAfterChange * Math.Min(_bracket.High, former) : 0;
        _tests.Touched(_admitted.Before(_epoch.From));
        Aim();
        if (changed && mature && Math.Abs(_rate - former) > 0.1 * former)
        {
            _tests.Changed(_now, former, _rate);
            _tests.Hasten();
        }

        Weigh();
        PlanTest();
    }

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

    private bool Touch(double? beyond, bool paused) => _bracket.Add(
        new(_epoch.From, _admitted.Before(_epoch.From), beyond, paused, _epoch.Slowest, _epoch.Fastest) { Unused = Unused(_epoch.From) },
        Slack());

    private void PlanFeeler() => _feelers.Plan(_now, _epoch.From, _latency.Mean, Boundary(), _resumeAt > 0);

    // A window that should have turned and did not is of another length.
    private double? Boundary() => _feelers.Count < 3 ? _cycles.NextBoundary(_epoch.From, _now) : null;

    private void PlanTest() =>
        _tests.Next(_now, _rate, Math.Max(3 * _latency.Mean, (_cycles.Seen == 1 ? 1 : WindowsBetweenTests) * Window));

    // The length of a window that is exhausted at once and then refuses for long; 0 where there is none.
    private double Window => _cycles.Seen > 0 ? _cycles.Window : _lawful >= Lawful ? _laws.Window : 0;

    private double BestGap()
    {
        if (Bounds.High < 1.1 * Bounds.Low)
        {
            _tests.Established(Bounds.Low);
        }

        return _tests.BestGap(_now, _rate);
    }

    private double Beyond() =>
        _admitted.Before(_epoch.From) - _admitted.Before(_tests.From) - (_rate * (_epoch.From - _tests.From));

    // The limit lies between what is known to have flowed in and the pace that was refused: where in between is told at once by the next
    // refusal. What a test is admitted little beyond what it is expected to be may have been others' pause.
    private double Risen()
    {
        var known = Math.Max(_rate, _bracket.Low);
        var share = MostRise * Math.Min(1, (Beyond() / _tests.Expected) - 1);
        return known * Math.Pow(_epoch.Fastest / known, share);
    }

    private double Slack() => 1.5 + (0.001 * _rate);
}
