namespace EodPredict.Scraping.Limit;

/// <summary>
/// One way in which a server may count: tokens flow in evenly up to a small, known burst. What is not known is the rate: whatever was
/// admitted in any stretch of time had flowed in but for the burst, and where one was refused, more than that had been asked for in some
/// stretch. Where the two contradict each other, the law is wrong or the rate has changed, and it is learned anew. Times in seconds. Not
/// thread-safe.
/// </summary>
/// <param name="burst">Requests that are admitted at once after a rest.</param>
internal sealed class BucketLaw(double burst)
{
    // Congestion that follows within this many requests is the same.
    private const int Apart = 8;

    // Requests by which a count may be off, for they do not arrive as they are sent.
    private const double Blurred = 0.03;
    private const double BlurredSeconds = 0.003;

    // Where requests are closer than that, their distances tell nothing.
    private const double MostBlurred = 0.1;

    // The lower hull of (instant, requests admitted before): the stretches that ask for the highest rate begin there.
    private readonly List<(double At, double Before)> _begins = [];
    private double _admitted;
    private double _explained;
    private bool _wasRefused;

    private double _surelyAdmitted;
    private double _surelyRefused = double.PositiveInfinity;
    private double _most;

    /// <summary>Requests per second that were admitted.</summary>
    public double Low => Math.Min(_most, High);

    /// <summary>The least requests per second that were refused.</summary>
    public double High { get; private set; } = double.PositiveInfinity;

    /// <summary>Congestion in a row that the law explains.</summary>
    public int Explained { get; private set; }

    /// <summary>One request was decided on; in the order of sending.</summary>
    public void Add(double at, bool isRefused)
    {
        var needed = Needed(at, 0);
        var blur = Blurred + (BlurredSeconds * Math.Min(needed, High));
        if (isRefused)
        {
            High = Math.Min(High, needed);
            _surelyRefused = Math.Min(_surelyRefused, Needed(at, blur));
            if (!_wasRefused && blur < MostBlurred && _admitted - _explained >= Apart)
            {
                Explained++;
                _explained = _admitted;
            }
        }
        else
        {
            _most = Math.Max(_most, needed);
            _surelyAdmitted = Math.Max(_surelyAdmitted, Needed(at, -blur));
        }

        if (_surelyAdmitted > _surelyRefused)
        {
            (_most, _surelyAdmitted, High, _surelyRefused, Explained) = (0, 0, double.PositiveInfinity, double.PositiveInfinity, 0);
            _begins.Clear();
        }

        _wasRefused = isRefused;
        if (!isRefused)
        {
            Begin(at);
        }
    }

    private void Begin(double at)
    {
        while (_begins.Count > 1 && Slope(_begins[^2], at, _admitted) <= Slope(_begins[^2], _begins[^1].At, _begins[^1].Before))
        {
            _begins.RemoveAt(_begins.Count - 1);
        }

        _begins.Add((at, _admitted++));
    }

    // The rate at which one more would just be admitted.
    private double Needed(double at, double blur)
    {
        var most = double.NegativeInfinity;
        for (var i = _begins.Count - 1; i >= 0; i--)
        {
            var slope = Slope(_begins[i], at, _admitted + 1 - burst + blur);
            if (slope < most)
            {
                break;
            }

            most = slope;
        }

        return Math.Max(0, most);
    }

    private static double Slope((double At, double Before) from, double at, double before) =>
        (before - from.Before) / Math.Max(1e-6, at - from.At);
}
