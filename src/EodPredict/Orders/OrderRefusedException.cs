namespace EodPredict.Orders;

/// <summary>The database refused an order or an id; the message says which and why. Trying again does not help.</summary>
/// <param name="sqlState">The SQLSTATE, such as OR001; docs/orders.md lists them.</param>
/// <param name="message">What happened, to what, and what to do.</param>
/// <param name="inner">The refusal as it came.</param>
public sealed class OrderRefusedException(string sqlState, string message, Exception inner) : Exception(message, inner)
{
    /// <summary>Another payload is recorded under the key.</summary>
    public const string OtherPayload = "OR001";

    /// <summary>The id is in no lease.</summary>
    public const string NotLeased = "OR002";

    /// <summary>The id belongs to another key.</summary>
    public const string IdTaken = "OR003";

    /// <summary>Ids are not safe to give out now.</summary>
    public const string NotSafe = "OR004";

    /// <summary>No cursor of this history.</summary>
    public const string BadCursor = "OR005";

    /// <summary>The id space is used up.</summary>
    public const string SpaceUsedUp = "2200H";

    public string SqlState { get; } = sqlState;
}
