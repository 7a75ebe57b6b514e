namespace EodPredict.Scraping.Limit;

/// <summary>
/// How many requests of a kind were sent before any instant of the recent past. Replies come out of order; the sending counts. Times in
/// seconds. Not thread-safe.
/// </summary>
internal sealed class RequestCount
{
    private readonly List<double> _sent = [];
    private int _forgotten;

    /// <summary>All of them so far.</summary>
    public int Total { get; private set; }

    /// <summary>One more, sent at an instant.</summary>
    public void Add(double sent)
    {
        Total++;
        var at = _sent.Count;
        while (at > 0 && _sent[at - 1] > sent)
        {
            at--;
        }

        _sent.Insert(at, sent);
        if (_sent.Count > 400_000)
        {
            _sent.RemoveRange(0, 200_000);
            _forgotten += 200_000;
        }
    }

    /// <summary>Those sent before an instant.</summary>
    public double Before(double at)
    {
        var found = _sent.BinarySearch(at);
        found = found < 0 ? ~found : found;
        return _forgotten + found;
    }

    /// <summary>Those sent before an instant, found from where the last one was.</summary>
    /// <param name="at">The instant.</param>
    /// <param name="last">What this gave for an instant nearby.</param>
    public double Before(double at, ref int last)
    {
        var found = Math.Max(0, last - _forgotten);
        while (found > 0 && _sent[found - 1] >= at)
        {
            found--;
        }

        while (found < _sent.Count && _sent[found] < at)
        {
            found++;
        }

        last = _forgotten + found;
        return last;
    }

    /// <summary>Those sent at an instant or later.</summary>
    public int Since(double at) => Total - (int)Before(at);
}
