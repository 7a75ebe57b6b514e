namespace EodPredict.Scraping;

/// <summary>
/// The limit's rate between two bounds, from the instants at which it was found exhausted. Since such an instant the server cannot have
/// admitted more than flowed in, whatever its burst: a lower bound. Where it is exhausted again though nobody sent faster to find out, all
/// that flowed in was used: an upper bound too. Older instants count for as long as all agree; where they no longer do, the limit has
/// changed. Times in seconds. Not thread-safe.
/// </summary>
internal sealed class RateBracket
{
    private const int Most = 64;
    private const double Ageing = 0.025;
    private const double FewRequests = 12;
    private const double Rested = 2;
    private const double Steadiness = 1.15;
    private const double OldestSeconds = 1800;

    private readonly List<Anchor> _anchors = [];
    private double _low;
    private double _floor;
    private double _ceiling = double.PositiveInfinity;

    /// <summary>Requests per second that the limit exceeds; 0 while unknown.</summary>
    public double Low => _low;

    /// <summary>Requests per second that exceed the limit; infinite while unknown.</summary>
    public double High { get; private set; } = double.PositiveInfinity;

    /// <summary>Whether an instant is known from which to count.</summary>
    public bool HasAnchor => _anchors.Count > 0;

    /// <summary>The newest instant at which the limit was exhausted; 0 where none is known.</summary>
    public double LastAt => _anchors.Count > 0 ? _anchors[^1].At : 0;

    /// <summary>The limit was found exhausted.</summary>
    /// <param name="at">When.</param>
    /// <param name="admitted">Requests admitted before, ever.</param>
    /// <param name="provoked">Requests admitted beyond the rate where sending had been faster in order to find out; null where not.</param>
    /// <param name="paused">Whether sending stood still for a while since the instant before.</param>
    /// <param name="slowest">The slowest pace since the instant before, in requests per second.</param>
    /// <param name="fastest">The fastest pace since the instant before, in requests per second.</param>
    /// <param name="slack">Requests by which a count may be off.</param>
    /// <returns>Whether older instants had to be given up: the limit has changed.</returns>
    public bool Add(double at, double admitted, double? provoked, bool paused, double slowest, double fastest, double slack)
    {
        var last = _anchors.Count == 0 ? double.PositiveInfinity : (admitted - _anchors[^1].Admitted + slack + Rested + _anchors[^1].Beyond) / Math.Max(1e-6, at - _anchors[^1].At);
        var steady = provoked is null && !paused && fastest < Steadiness * slowest && (at - LastAt) * slowest > FewRequests;
        var own = _anchors.Count == 0 ? fastest * 1.1 : steady ? last : Math.Max(fastest, last);
        var (least, most) = (0.0, own);
        var (ownLow, ownHigh) = (0.0, own);
        var all = provoked is null && !paused;
        var (bottom, peak) = (slowest, fastest);
        var kept = _anchors.Count;
        for (var i = _anchors.Count - 1; i >= 0 && at - _anchors[i].At < OldestSeconds; i--)
        {
            var (seconds, requests) = (Math.Max(1e-6, at - _anchors[i].At), admitted - _anchors[i].Admitted);
            var below = Math.Max(0, requests - slack) / seconds;
            var above = all ? Math.Max(peak < Steadiness * bottom && seconds * bottom > FewRequests ? 0 : peak, (requests + slack + (Rested * (_anchors.Count - i)) + _anchors[i].Beyond) / seconds) : double.PositiveInfinity;
            var (low, highest) = (Math.Max(Math.Max(least, below), _anchors[i].Low), Math.Min(Math.Min(most, above), _anchors[i].High * (1 + (Ageing * Math.Min(seconds / 60, requests / 3000)))));
            if (low > highest)
            {
                break;
            }

            (least, most, kept) = (low, highest, i);
            (ownLow, ownHigh) = (Math.Max(ownLow, below), Math.Min(ownHigh, above));
            all &= _anchors[i].Tight;
            (bottom, peak) = (Math.Min(bottom, _anchors[i].Slowest), Math.Max(peak, _anchors[i].Fastest));
        }

        var changed = kept > 0;
        if (changed || Math.Max(least, _floor) > Math.Min(most, _ceiling))
        {
            (_floor, _ceiling) = (0, double.PositiveInfinity);
        }

        (least, most) = (Math.Max(least, _floor), Math.Min(most, _ceiling));
        _anchors.RemoveRange(0, Math.Max(kept, _anchors.Count + 1 - Most));
        _anchors.Add(new(at, admitted, provoked is null && !paused, Math.Max(0, provoked ?? 0), slowest, fastest, ownLow, ownHigh));
        (_low, High) = (least, most);
        return changed;
    }

    /// <summary>Nothing was refused by now.</summary>
    /// <param name="now">When.</param>
    /// <param name="admitted">Requests admitted before, ever.</param>
    /// <param name="slack">Requests by which a count may be off.</param>
    public void Pass(double now, double admitted, double slack)
    {
        if (_anchors.Count == 0)
        {
            return;
        }

        foreach (var anchor in (ReadOnlySpan<Anchor>)[_anchors[0], _anchors[^1]])
        {
            if (now > anchor.At)
            {
                _low = Math.Max(_low, Math.Min(High, (admitted - anchor.Admitted - slack) / (now - anchor.At)));
            }
        }
    }

    /// <summary>More was admitted than the upper bounds allow for: they were of a moment.</summary>
    public void ForgetHigh()
    {
        for (var i = 0; i < _anchors.Count - 1; i++)
        {
            _anchors[i] = _anchors[i] with { High = double.PositiveInfinity };
        }

        _ceiling = double.PositiveInfinity;
        High = _anchors.Count > 0 ? _anchors[^1].High : High;
    }

    /// <summary>What was found before says nothing any more.</summary>
    /// <param name="low">A lower bound that is known otherwise.</param>
    /// <param name="high">An upper bound that is known otherwise.</param>
    public void Forget(double low, double high)
    {
        _anchors.Clear();
        (_low, High) = (_floor, _ceiling) = (low, high);
    }

    private readonly record struct Anchor(double At, double Admitted, bool Tight, double Beyond, double Slowest, double Fastest, double Low, double High);
}
