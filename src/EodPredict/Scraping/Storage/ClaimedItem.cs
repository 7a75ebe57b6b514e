namespace EodPredict.Scraping.Storage;

/// <summary>An item that this process has taken. Not thread-safe.</summary>
internal sealed class ClaimedItem(ClaimedBlock block, long id, string name, int refusals, int faults)
{
    public ClaimedBlock Block { get; } = block;

    public long Id { get; } = id;

    /// <summary>The id that goes into the address.</summary>
    public string Name { get; } = name;

    /// <summary>Attempts since it was taken.</summary>
    public int Attempts { get; set; }

    /// <summary>Attempts that were refused, ever.</summary>
    public int Refusals { get; set; } = refusals;

    /// <summary>Attempts without a useful reply, ever.</summary>
    public int Faults { get; set; } = faults;
}
