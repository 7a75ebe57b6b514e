using System.Net;
using System.Net.Sockets;

namespace EodPredict.Service.Hosting;

/// <summary>Finds out before anything starts whether the addresses are free; the web server would find out last.</summary>
internal static class ListenProbe
{
    /// <exception cref="PortInUseException">One is taken.</exception>
    public static void ThrowIfInUse(IEnumerable<string> urls)
    {
        foreach (var url in urls)
        {
            var address = BindingAddress.Parse(url);
            foreach (var ip in Addresses(address.Host))
            {
                Probe(url, new IPEndPoint(ip, address.Port));
            }
        }
    }

    private static IPAddress[] Addresses(string host) =>
        host == "localhost" ? [IPAddress.Loopback, IPAddress.IPv6Loopback]
        : IPAddress.TryParse(host.Trim('[', ']'), out var one) ? [one]
        : [IPAddress.Any];

    private static void Probe(string url, IPEndPoint endPoint)
    {
        try
        {
            using var listener = new TcpListener(endPoint);
            listener.Start();
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw new PortInUseException(url, e);
        }
        catch (SocketException)
        {
            // An address that this machine lacks, such as IPv6: the web server has its own words for that.
        }
    }
}
