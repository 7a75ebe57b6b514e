namespace EodPredict.Scraping.Pace;

// A cap on what is in flight that binds below the rate.
public sealed partial class PaceController
{
    // What is held by number comes out this much faster than what was refused, or there is nothing to gain.
    private const double WorthTrying = 1.03;

    // A number that is hardly ever reached is none that binds.
    private const double MostUsual = 3;

    // Just too fast, so that what is in flight decides.
    private const double TooFast = 1.15;

    // A test that is held by number and does not go beyond the rate within so many requests is none.
    private const double Patience = 40;

    // What is in flight on the way is not in flight at the server.
    private const int MostByChance = 3;

    private bool _isByNumber;
    private int? _tried;
    private bool _isReleased;
    private int _beyondCap;

    private double Held => _phase != PacePhase.Testing ? _cap.Most : _isReleased ? Never : _tried ?? (2 * _cap.Most);

    private void BeginTrial()
    {
        var usual = _rate * _latency.Mean;
        _tried = _leasedInFlight == 0 && _cap.Candidate is { } number && number > WorthTrying * usual && number < MostUsual * usual
            ? number : null;
        (_isReleased, _beyondCap) = (false, 0);
    }

    // Held to the number it may go faster than what was refused; not held to it, it is refused at once. Else the limit has risen.
    private void SeeTestAdmitted(int others)
    {
        if (_tried is not null && !_isReleased)
        {
            var beyond = _tests.AdmittedBeyond(_admitted.Total, _rate, _now - _latency.Mean);
            _isReleased = beyond > _tests.Unremarkable;
            if (beyond < 1 && _admitted.Total - _tests.AdmittedAtStart > Patience)
            {
                _tried = null;
                _cap.Forget();
            }
        }
        else if (others >= (_tried + 1 ?? (2 * _cap.Most) - 1) && ++_beyondCap > MostByChance)
        {
            (_tried, _isReleased) = (null, false);
            _cap.Forget();
        }
    }

    private void SeeRefused(int others)
    {
        _isByNumber = others >= _cap.Most;
        if (_phase == PacePhase.Testing && _tried is { } number)
        {
            if (others < number)
            {
                _cap.Forget();
            }
            else if (_isReleased)
            {
                _cap.Confirm();
                _bracket.Forget(0, Never);
                _isByNumber = true;
            }
        }

        _tried = null;
        _isReleased = false;
        _cap.Refused(others);
    }

    // What was refused says nothing about the rate.
    private void HoldNumber()
    {
        _rate = Math.Max(_rate, TooFast * _cap.Most / _latency.Mean);
        _paused = true;
        _tests.Widen(BestGap());
        PlanTest();
    }
}
