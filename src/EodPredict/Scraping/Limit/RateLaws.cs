namespace EodPredict.Scraping.Limit;

/// <summary>
/// What the laws that servers follow say about the rate, as far as they explain all that was refused and all that was admitted. An even
/// pace suits each of them, so it only has to be known how fast. Times in seconds. Not thread-safe.
/// </summary>
internal sealed class RateLaws
{
    private const int Phases = 100;
    private const int MostBurst = 3;
    private const int Convincing = 3;

    private static readonly double[] Sliding = [1, 2, 5, 10, 60];
    private static readonly double[] Turning = [1];

    private readonly PriorityQueue<(double Sent, bool IsRefused), double> _unsettled = new();
    private readonly RequestCount _admitted = new();
    private readonly RequestCount _all = new();
    private readonly WindowLaw[] _sliding;
    private readonly WindowLaw[] _turning;
    private readonly WindowLaw[] _windows;
    private readonly List<BucketLaw> _buckets = [.. Enumerable.Range(1, MostBurst).Select(burst => new BucketLaw(burst))];

    // When, and at how many, a law of a turning window has to be told of what was admitted.
    private double _turnsAt = double.NegativeInfinity;
    private double _fullAt;
    private bool _wasRefused;

    public RateLaws()
    {
        _sliding =
        [
            .. Sliding.Select(window => new WindowLaw(window, null, false, _admitted)),
            .. Sliding.Select(window => new WindowLaw(window, null, true, _all)),
        ];
        _turning = [.. Turning.SelectMany(window => Enumerable.Range(0, Phases).Select(
            phase => new WindowLaw(window, phase * window / Phases, false, _admitted)))];
        _windows = [.. _sliding, .. _turning];
    }

    /// <summary>Bounds of the limit's rate, in requests per second; null while no law explains what was seen.</summary>
    public (double Low, double High)? Bounds { get; private set; }

    /// <summary>The window of what is believed; 0 where it is no window.</summary>
    public double Window { get; private set; }

    /// <summary>Whether what is believed says that refused requests count too.</summary>
    public bool CountsRefused { get; private set; }

    /// <summary>One request was decided on.</summary>
    public void Add(double sent, bool isRefused) => _unsettled.Enqueue((sent, isRefused), sent);

    /// <summary>All that was sent before an instant is known.</summary>
    public void Settle(double until)
    {
        var (isAny, isRefused) = (false, false);
        while (_unsettled.TryPeek(out var next, out var sent) && sent < until)
        {
            _unsettled.Dequeue();
            Take(next.Sent, next.IsRefused);
            (isAny, isRefused) = (true, isRefused || next.IsRefused);
        }

        Bounds = isAny && (isRefused || Bounds is not null) ? Judge() : Bounds;
    }

    private void Take(double sent, bool isRefused)
    {
        foreach (var law in _sliding)
        {
            Tell(law, sent, isRefused);
        }

        // Each request tells something to few of them: at a high rate, nothing to most.
        if (isRefused || sent >= _turnsAt || _admitted.Total + 1 > _fullAt)
        {
            (_turnsAt, _fullAt) = (double.PositiveInfinity, double.PositiveInfinity);
            foreach (var law in _turning)
            {
                if (isRefused || sent >= law.DueAt || _admitted.Total + 1 > law.DueCount)
                {
                    Tell(law, sent, isRefused);
                }

                (_turnsAt, _fullAt) = (Math.Min(_turnsAt, law.DueAt), Math.Min(_fullAt, law.DueCount));
            }
        }

        foreach (var law in _buckets)
        {
            law.Add(sent, isRefused);
        }

        _wasRefused = isRefused;
        _all.Add(sent);
        if (!isRefused)
        {
            _admitted.Add(sent);
        }
    }

    private void Tell(WindowLaw law, double sent, bool isRefused)
    {
        if (isRefused)
        {
            law.Refused(sent, isFirst: !_wasRefused);
        }
        else
        {
            law.Admitted(sent);
        }
    }

    // What explains most is believed; of laws that explain as much, all.
    private (double Low, double High)? Judge()
    {
        var most = Convincing;
        foreach (var law in _windows)
        {
            most = Math.Max(most, law.Explained);
        }

        foreach (var law in _buckets)
        {
            most = Math.Max(most, law.Explained);
        }

        var (low, high) = (double.PositiveInfinity, 0.0);
        (Window, CountsRefused) = (0, true);
        foreach (var law in _windows)
        {
            if (law.Explained >= most)
            {
                (low, high) = (Math.Min(low, law.Rate), Math.Max(high, law.Rate));
                (Window, CountsRefused) = (Window > 0 ? Math.Min(Window, law.Window) : law.Window, CountsRefused && law.CountsRefused);
            }
        }

        foreach (var law in _buckets)
        {
            if (law.Explained >= most)
            {
                (low, high, CountsRefused) = (Math.Min(low, law.Low), Math.Max(high, law.High), false);
            }
        }

        if (low > 0 && high > 0)
        {
            return (low, high);
        }

        (Window, CountsRefused) = (0, false);
        return null;
    }
}
