using System.Net;

namespace EodPredict.Service.Configuration;

/// <summary>Where the service listens.</summary>
internal static class ListenAddress
{
    /// <summary>One address, or several separated by ';', such as <c>http://localhost:5080</c>.</summary>
    public const string Key = "Eod:Urls";

    public const int DefaultPort = 5080;

    /// <summary>This machine only. A port that the system chooses (0) needs one address, so not both of localhost.</summary>
    public static string OnThisMachine(int port) => port == 0 ? "http://127.0.0.1:0" : $"http://localhost:{port}";

    public static IReadOnlyList<string> Of(IConfiguration configuration) =>
        (configuration[Key] is { Length: > 0 } urls ? urls : OnThisMachine(DefaultPort))
        .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public static IEnumerable<string> Faults(IConfiguration configuration) =>
        Of(configuration)
            .Where(url => !IsHttp(url))
            .Select(url => $"{Key} has '{url}'; allowed are addresses such as http://localhost:5080 or https://0.0.0.0:5443.");

    /// <summary>Whether only this machine reaches it.</summary>
    public static bool IsOnThisMachine(string url) =>
        !IsHttp(url) || BindingAddress.Parse(url).Host is var host
            && (host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
                || (IPAddress.TryParse(host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip)));

    private static bool IsHttp(string url)
    {
        try
        {
            return BindingAddress.Parse(url) is { Scheme: "http" or "https", Port: >= 0 and <= 65535, IsUnixPipe: false };
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
