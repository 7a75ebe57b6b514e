namespace EodPredict.Orders;

/// <summary>What the orders of a part of a batch need besides what they say, to be rows of the history.</summary>
/// <param name="RecordedBy">Who records them.</param>
/// <param name="RecordedAt">When, in microseconds since 2000, as PostgreSQL counts.</param>
/// <param name="Epoch">The good epoch.</param>
/// <param name="TransactionId">In which transaction of the server.</param>
/// <param name="NewIds">An id for each order that has none, in their order.</param>
/// <param name="Leases">By block, the first block of the lease that holds it.</param>
internal sealed record OrderPlaces(
    string RecordedBy, long RecordedAt, long Epoch, long TransactionId, long[] NewIds, Dictionary<long, long> Leases)
{
    private const long FirstLeasedId = 1L << 51;
    private const int BlockBits = 10;

    /// <summary>Whether the id is from a lease.</summary>
    public static bool IsLeased(long orderId) => orderId >= FirstLeasedId;

    /// <summary>The block of a leased id; below 0 for an id that is none.</summary>
    public static long Block(long orderId) => (orderId - FirstLeasedId) >> BlockBits;
}
