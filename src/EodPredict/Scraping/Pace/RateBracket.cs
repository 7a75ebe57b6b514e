namespace EodPredict.Scraping.Pace;

/// <summary>
/// The limit's rate between two bounds, from the instants at which it was found exhausted. Since such an instant the server cannot have
/// admitted more than flowed in, whatever its burst: a lower bound. Where it is exhausted again though nobody sent faster to find out, all
/// that flowed in was used: an upper bound too. Older instants count for as long as all agree; where they no longer do, the limit has
/// changed. Times in seconds. Not thread-safe.
/// </summary>
internal sealed class RateBracket
{
    private const int Most = 64;
    private const double OldestSeconds = 1800;

    // A pace within this is one pace: what is exhausted at both ends was exhausted by it.
    private const double Steadiness = 1.15;
    private const double FewRequests = 12;

    // Requests that are held back after a touch.
    private const double Rested = 2;

    // Upper bounds loosen by this much in a minute of 3,000 requests, so that a false one does no lasting harm.
    private const double Ageing = 0.025;

    private readonly List<(LimitTouch Touch, double Low, double High)> _touches = [];
    private double _floor;
    private double _ceiling = double.PositiveInfinity;

    /// <summary>Requests per second that the limit exceeds; 0 while unknown.</summary>
    public double Low { get; private set; }

    /// <summary>Requests per second that exceed the limit; infinite while unknown.</summary>
    public double High { get; private set; } = double.PositiveInfinity;

    /// <summary>Whether an instant is known from which to count.</summary>
    public bool HasAnchor => _touches.Count > 0;

    /// <summary>The limit was found exhausted.</summary>
    /// <param name="touch">When and how.</param>
    /// <param name="slack">Requests by which a count may be off.</param>
    /// <returns>Whether older instants had to be given up: the limit has changed.</returns>
    public bool Add(LimitTouch touch, double slack)
    {
        var own = (Low: 0.0, High: HasAnchor ? Above(touch, _touches[^1].Touch, 1, touch.Slowest, touch.Fastest, slack) : touch.Fastest * 1.1);
        var all = own;
        var (slowest, fastest, tight) = (touch.Slowest, touch.Fastest, touch.Unprovoked);
        var kept = _touches.Count;
        for (var i = _touches.Count - 1; i >= 0 && touch.At - _touches[i].Touch.At < OldestSeconds; i--)
        {
            var older = _touches[i].Touch;
            var (seconds, requests) = (Math.Max(1e-6, touch.At - older.At), touch.Admitted - older.Admitted);
            var below = Math.Max(0, requests - slack) / seconds;
            var above = tight ? Above(touch, older, _touches.Count - i, slowest, fastest, slack) : double.PositiveInfinity;
            var aged = _touches[i].High * (1 + (Ageing * Math.Min(seconds / 60, requests / 3000)));
            var next = (Low: Math.Max(Math.Max(all.Low, below), _touches[i].Low), High: Math.Min(Math.Min(all.High, above), aged));
            if (next.Low > next.High)
            {
                break;
            }

            (all, kept) = (next, i);
            own = (Math.Max(own.Low, below), Math.Min(own.High, above));
            tight &= older.Unprovoked;
            (slowest, fastest) = (Math.Min(slowest, older.Slowest), Math.Max(fastest, older.Fastest));
        }

        if (kept > 0 || Math.Max(all.Low, _floor) > Math.Min(all.High, _ceiling))
        {
            (_floor, _ceiling) = (0, double.PositiveInfinity);
        }

        (Low, High) = (Math.Max(all.Low, _floor), Math.Min(all.High, _ceiling));
        var changed = kept > 0;
        _touches.RemoveRange(0, Math.Max(kept, _touches.Count + 1 - Most));
        _touches.Add((touch, own.Low, own.High));
        return changed;
    }

    /// <summary>Nothing was refused by now.</summary>
    /// <param name="now">When.</param>
    /// <param name="admitted">Requests admitted before, ever.</param>
    /// <param name="slack">Requests by which a count may be off.</param>
    public void Pass(double now, double admitted, double slack)
    {
        if (HasAnchor)
        {
            Pass(_touches[0].Touch, now, admitted, slack);
            Pass(_touches[^1].Touch, now, admitted, slack);
        }
    }

    /// <summary>More was admitted than the upper bounds allow for: they were of a moment.</summary>
    public void ForgetHigh()
    {
        for (var i = 0; i < _touches.Count - 1; i++)
        {
            _touches[i] = _touches[i] with { High = double.PositiveInfinity };
        }

        _ceiling = double.PositiveInfinity;
        High = HasAnchor ? _touches[^1].High : High;
    }

    /// <summary>What was found before says nothing any more.</summary>
    /// <param name="low">A lower bound that is known otherwise.</param>
    /// <param name="high">An upper bound that is known otherwise.</param>
    public void Forget(double low, double high)
    {
        _touches.Clear();
        (Low, High) = (_floor, _ceiling) = (low, high);
    }

    // Between two touches at one pace, nothing that flowed in was lost; at several, it may have been lost while the pace was below the rate,
    // but not above the fastest. A test before leaves an echo where the window slides.
    private static double Above(LimitTouch touch, LimitTouch older, int apart, double slowest, double fastest, double slack)
    {
        var seconds = Math.Max(1e-6, touch.At - older.At);
        var rate = (touch.Admitted - older.Admitted + slack + (Rested * apart) + Math.Max(0, older.Beyond ?? 0)
            + Math.Max(0, touch.Unused - older.Unused)) / seconds;
        var steady = touch.Unprovoked && fastest < Steadiness * slowest && seconds * slowest > FewRequests;
        return steady ? rate : Math.Max(fastest, rate);
    }

    private void Pass(LimitTouch touch, double now, double admitted, double slack)
    {
        if (now > touch.At)
        {
            Low = Math.Max(Low, Math.Min(High, (admitted - touch.Admitted - slack) / (now - touch.At)));
        }
    }
}
