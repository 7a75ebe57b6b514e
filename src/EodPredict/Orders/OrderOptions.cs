namespace EodPredict.Orders;

/// <summary>Settings of the section <c>Eod:Orders</c>.</summary>
public sealed class OrderOptions
{
    /// <summary>Where ids come from, for the whole installation; null (the default) leaves it as the database has it.</summary>
    public OrderAuthority? Authority { get; set; }
}
