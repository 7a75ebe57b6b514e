namespace EodPredict.Forecasting.Nowcasting;

/// <summary>That a ticker lands with a batch, and how far that is trusted: not every drop holds every ticker.</summary>
/// <param name="batch">The batch.</param>
/// <param name="place">The ticker's place among its members, from 0.</param>
internal sealed class BatchTie(ArrivalBatch batch, int place)
{
    // Slow: a share of sessions is learned, not which of two is right now.
    private const double Step = 0.1;
    private const double Start = 0.8;
    private const double Floor = 1e-3;

    private readonly WeightRule _trust = new([Start, 1 - Start], Step, 0);

    public ArrivalBatch Batch { get; } = batch;

    /// <summary>The share of sessions in which the ticker lands with the batch.</summary>
    public double Share => _trust.Weights[0];

    /// <summary>Its place in the order in which the members are asked on a date: another one is first on each.</summary>
    public int Turn(DateOnly sessionDate) => (place + sessionDate.DayNumber) % Batch.Members.Count;

    /// <summary>Trusts as an earlier process had learned to.</summary>
    public void Restore(double share) => _trust.Restore([share, 1 - share]);

    /// <summary>Learns from one session.</summary>
    /// <param name="together">The probability of what was seen, had it landed with the batch.</param>
    /// <param name="alone">The same, had it landed by its own law.</param>
    public void Learn(double together, double alone) => _trust.Learn([Math.Max(Floor, together), Math.Max(Floor, alone)]);
}
