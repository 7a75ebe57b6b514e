namespace EodPredict.Scraping.Pace;

/// <summary>
/// What one more refusal is worth avoiding: little while few were refused of late, and the more the more were. Where others use the same
/// limit, refusals come whatever is done, and only less haste makes them fewer. Not thread-safe.
/// </summary>
internal sealed class RefusalPrice
{
    private const double Memory = 500;
    private const double Bearable = 0.0045;

    // Of the width between two bounds, where the price is 1; and while nothing is refused, this many requests let it grow by as much again.
    private const double Reached = 0.35;
    private const double Quiet = 200;
    private const double MostReached = 0.8;
    private const double MarginAtTwice = 0.012;

    private double _share;

    /// <summary>The price, as a multiple of what it is where nothing is refused; 1 or more.</summary>
    public double Factor => 1 + Math.Pow(_share / Bearable, 2);

    /// <summary>What the pace keeps away from the limit for it, as a share of the rate.</summary>
    public double Margin => MarginAtTwice * (Factor - 1);

    /// <summary>One request was decided on.</summary>
    public void Add(bool isRefused) => _share += ((isRefused ? 1 : 0) - _share) / Memory;

    /// <summary>How far to go from a lower bound of the rate towards an upper one, as a share of the width between them.</summary>
    /// <param name="admitted">Requests admitted since one was refused.</param>
    public double Reach(double admitted) =>
        Math.Min(MostReached, (1 + (admitted / Quiet)) / (1 + (Factor * (1 - Reached) / Reached)));
}
