namespace EodPredict.Replay.Vendor;

/// <summary>A time in which the endpoint answers 503, on the service's clock; start included, end excluded.</summary>
public sealed class OutageWindow
{
    public DateTimeOffset From { get; set; }

    public DateTimeOffset Until { get; set; }
}
