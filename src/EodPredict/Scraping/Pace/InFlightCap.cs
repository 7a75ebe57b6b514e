namespace EodPredict.Scraping.Pace;

/// <summary>
/// The most requests that a server has in flight, where refusals depend on their number and not on the pace. Where the last times that one
/// was refused the same number was in flight, however fast the pace, that number is worth an experiment: not to exceed it, and to go faster
/// than the pace that was refused. Not thread-safe.
/// </summary>
internal sealed class InFlightCap
{
    private const int Alike = 4;

    private readonly Queue<int> _refused = new();

    /// <summary>Requests that may be in flight at once; infinite while no cap is known.</summary>
    public double Most { get; private set; } = double.PositiveInfinity;

    /// <summary>A number that may be the cap, below the one that is known; null where none is.</summary>
    public int? Candidate =>
        _refused.Count == Alike && _refused.Min() is var least && least > 0 && least < Most && _refused.Max() <= least + 1 ? least : null;

    /// <summary>The first of some was refused.</summary>
    /// <param name="others">Requests in flight besides when it was sent.</param>
    public void Refused(int others)
    {
        _refused.Enqueue(others);
        if (_refused.Count > Alike)
        {
            _refused.Dequeue();
        }
    }

    /// <summary>A pace that had been refused was admitted with no more than the candidate in flight, and refused again with more.</summary>
    public void Confirm() => Most = Candidate ?? Most;

    /// <summary>More than the cap was admitted, or one was refused with fewer in flight than the candidate.</summary>
    public void Forget()
    {
        Most = double.PositiveInfinity;
        _refused.Clear();
    }
}
