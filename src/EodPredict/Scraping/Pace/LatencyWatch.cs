namespace EodPredict.Scraping.Pace;

/// <summary>
/// The latency of served requests in blocks: what it is while little is in flight, and what it is now. Where latency grows with what is in
/// flight while no more comes out, the server queues. Times in seconds. Not thread-safe.
/// </summary>
internal sealed class LatencyWatch
{
    private const int LeastBlock = 24;

    // What threads of this process wait for each other is no latency of the server.
    private const double OwnWaiting = 0.002;

    private readonly List<double> _block = [];
    private double _blockFrom;
    private bool _first = true;

    /// <summary>The mean latency of the unloaded server; 0 while unknown.</summary>
    public double Unloaded { get; private set; }

    /// <summary>The latency that tells of no queue yet: the unloaded server's, or what this process itself may make of it.</summary>
    public double Unremarkable => Math.Max(Unloaded, OwnWaiting);

    /// <summary>The mean latency of the last block; 0 while unknown.</summary>
    public double Recent { get; private set; }

    /// <summary>A running mean of the latency; 0 while unknown.</summary>
    public double Mean { get; private set; }

    /// <summary>Requests served per second in the last block.</summary>
    public double Throughput { get; private set; }

    /// <summary>
    /// The share of the requests to the server that is seen here; above 0, at most 1. The others are taken to fare alike.
    /// </summary>
    public double Share { get; set; } = 1;

    /// <summary>Blocks in a row whose latency was inflated.</summary>
    public int Inflated { get; private set; }

    /// <summary>Takes one served request.</summary>
    /// <returns>Whether a block was completed.</returns>
    public bool Add(double now, double latency, bool mayRise)
    {
        Mean = Mean == 0 ? latency : Mean + ((latency - Mean) / 8);

        // The first requests look up names, connect and warm up; none of that is the server's latency.
        Unloaded = Unloaded == 0 ? latency : _first ? Math.Min(Unloaded, latency) : Unloaded;
        if (_block.Count == 0)
        {
            _blockFrom = now;
        }

        _block.Add(latency);
        if (_block.Count < LeastBlock || now - _blockFrom < 1.5 * Mean)
        {
            return false;
        }

        Recent = WithoutOutliers();
        Throughput = (_block.Count - 1) / Math.Max(1e-6, now - _blockFrom) / Share;
        Unloaded = Known(mayRise);
        _first = false;
        Inflated = Recent > 1.3 * Unremarkable ? Inflated + 1 : 0;
        _block.Clear();
        return true;
    }

    /// <summary>More in flight brought more out, so what is seen now is no queue.</summary>
    public void TakeAsUnloaded()
    {
        Unloaded = Recent;
        Inflated = 0;
    }

    // What is seen while little is in flight; it falls soon and rises slowly, for a queue that builds up slowly must not be taken for it.
    private double Known(bool mayRise) =>
        _first ? Recent
        : Recent < Unloaded / 2 ? Recent
        : Recent < Unloaded ? Unloaded + ((Recent - Unloaded) * 0.1)
        : mayRise && Recent < 1.2 * Unloaded ? Unloaded + ((Recent - Unloaded) * 0.02)
        : Unloaded;

    private double WithoutOutliers()
    {
        _block.Sort();
        var most = 3 * _block[_block.Count / 2];
        return _block.Where(latency => latency <= most).Average();
    }
}
