namespace EodPredict.Service.Access;

/// <summary>By which names, and through whom, the service is reached; the section <c>Eod:Access</c>. Either needs keys.</summary>
internal sealed class AccessOptions
{
    public const string Section = "Eod:Access";

    /// <summary>Names that the header Host may have, besides those of this machine, such as eod.example.com or *.example.com.</summary>
    public IReadOnlyList<string> Hosts { get; set; } = [];

    /// <summary>Proxies whose X-Forwarded-For and X-Forwarded-Proto are believed: addresses or networks, such as 10.0.0.0/8.</summary>
    public IReadOnlyList<string> Proxies { get; set; } = [];
}
