namespace EodPredict.Replay.Vendor;

/// <summary>How the vendor answers HEAD.</summary>
public sealed class HeadOptions
{
    /// <summary>Whether HEAD is answered at all; 405 where not. Default: yes.</summary>
    public bool Supported { get; set; } = true;

    /// <summary>The share of HEADs before the arrival that show the data as there; 0 to 1. Default: 0.</summary>
    public double FalsePositiveShare { get; set; }

    /// <summary>The share of HEADs after the arrival that show the data as missing; 0 to 1. Default: 0.</summary>
    public double FalseNegativeShare { get; set; }
}
