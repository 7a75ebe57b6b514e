namespace EodPredict.Orders;

/// <summary>Where order ids come from.</summary>
public enum OrderAuthority
{
    /// <summary>PostgreSQL's sequences.</summary>
    Sequence,

    /// <summary>A row that is updated, as any SQL engine can: one taker at a time.</summary>
    Counter,
}
