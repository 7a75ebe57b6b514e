using System.Net;
using EodPredict.Access;
using EodPredict.Service.Configuration;

namespace EodPredict.Service.Access;

/// <summary>How far the service can be reached, as configured.</summary>
internal sealed class AccessReach
{
    /// <summary>What to do where a <see cref="Reason"/> is given and no key; stands after the reason.</summary>
    public const string WithoutKeys =
        ", so that others than this machine reach the service, but there is no key to let them in. Make one with "
        + $"'eod keys create --name NAME --role {AccessRoles.Operator}', or leave that setting out.";

    private static readonly string[] OwnNames = ["localhost", "127.0.0.1", "[::1]"];

    public AccessReach(IConfiguration configuration)
    {
        var options = configuration.GetSection(AccessOptions.Section).Get<AccessOptions>() ?? new AccessOptions();
        var beyond = ListenAddress.Of(configuration).Where(url => !ListenAddress.IsOnThisMachine(url)).ToList();
        Reason = beyond.Count > 0 ? $"{ListenAddress.Key} has {string.Join(" and ", beyond)}"
            : options.Hosts.Count > 0 ? $"{AccessOptions.Section}:Hosts has {string.Join(" and ", options.Hosts)}"
            : options.Proxies.Count > 0 ? $"{AccessOptions.Section}:Proxies has {string.Join(" and ", options.Proxies)}"
            : null;

        // Where every request brings a key, a name that another site gave this address gains that site nothing.
        Hosts = options.Hosts.Count > 0 ? [.. OwnNames, .. options.Hosts] : beyond.Count > 0 ? null : OwnNames;
        Networks = [.. options.Proxies.Select(Network).OfType<IPNetwork>()];
    }

    /// <summary>Which setting lets others than this machine reach it; null: none does.</summary>
    public string? Reason { get; }

    /// <summary>What the header Host may be; null: anything.</summary>
    public IReadOnlyList<string>? Hosts { get; }

    /// <summary>The proxies that are believed.</summary>
    public IReadOnlyList<IPNetwork> Networks { get; }

    public static IEnumerable<string> Faults(AccessOptions options) =>
    [
        .. options.Hosts.Where(host => host.Length == 0 || host == "*" || host.AsSpan().ContainsAny("/: ")).Select(host =>
            $"{AccessOptions.Section}:Hosts has '{host}'; allowed are names without a port, such as eod.example.com or *.example.com."),
        .. options.Proxies.Where(proxy => Network(proxy) is null).Select(proxy =>
            $"{AccessOptions.Section}:Proxies has '{proxy}'; allowed are addresses and networks, such as 10.0.0.7 or 10.0.0.0/8."),
    ];

    private static IPNetwork? Network(string proxy) =>
        IPAddress.TryParse(proxy, out var one) ? new IPNetwork(one, one.GetAddressBytes().Length * 8)
        : IPNetwork.TryParse(proxy, out var several) ? several
        : null;
}
