using EodPredict.Scraping.Limit;

namespace EodPredict.Scraping.Pace;

// What refusals change: the epoch that they open, and the limit that they touch.
public sealed partial class PaceController
{
    private const double WindowsBetweenTests = 3;

    // Epochs in a row that a law of longer windows explains before tests are made for it: tests at even distances fit many laws by chance.
    private const int Lawful = 3;

    // Half the way to the pace that was refused, as ratios go.
    private const double MostRise = 0.5;

    private int _lawful;
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

    private bool Touch(double? beyond, bool paused) => _bracket.Add(
        new(_epoch.From, _admitted.Before(_epoch.From), beyond, paused, _epoch.Slowest, _epoch.Fastest) { Unused = Unused(_epoch.From) },
        Slack());

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
