namespace EodPredict.Scraping;

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

    /// <summary>Those sent at an instant or later.</summary>
    public int Since(double at) => Total - (int)Before(at);
}
