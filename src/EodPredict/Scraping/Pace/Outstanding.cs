namespace EodPredict.Scraping.Pace;

/// <summary>The requests whose reply is awaited, by the instant of their sending. Times in seconds. Not thread-safe.</summary>
internal sealed class Outstanding
{
    private readonly List<double> _sent = [];

    public int Count => _sent.Count;

    /// <summary>When each was sent, in that order.</summary>
    public IReadOnlyList<double> All => _sent;

    /// <summary>When the oldest was sent; infinite where nothing is awaited.</summary>
    public double Oldest => _sent.Count > 0 ? _sent[0] : double.PositiveInfinity;

    /// <summary>One was sent; instants never fall.</summary>
    public void Sent(double at) => _sent.Add(at);

    /// <summary>One ended that was sent at an instant.</summary>
    public void Finished(double sent)
    {
        var at = _sent.BinarySearch(sent);
        if (at >= 0)
        {
            _sent.RemoveAt(at);
        }
    }
}
