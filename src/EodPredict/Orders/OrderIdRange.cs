namespace EodPredict.Orders;

/// <summary>A run of order ids, both ends included.</summary>
public readonly record struct OrderIdRange(long First, long Last)
{
    public long Count => Last - First + 1;
}
