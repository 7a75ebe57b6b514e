using System.Globalization;
using System.Net.Sockets;
using System.Text;
using EodPredict.Tests.Scraping.Simulation;

namespace EodPredict.Benchmarks.Scraping.Servers;

/// <summary>HAProxy in front of an <see cref="Origin"/>.</summary>
internal static class HaproxyServer
{
    // Of the statistics' lines: name, service, and requests denied.
    private const int DeniedColumn = 10;

    /// <summary>A stick table's http_req_rate, which counts what it refuses too.</summary>
    public static async Task<LimitedServer> StartAsync()
    {
        var origin = await Origin.StartAsync(LimitedServer.Latency);
        var port = ServerProgram.FreePort();
        var program = await ServerProgram.StartAsync(
            "haproxy", port, folder => Configuration(folder, port, origin.Port), (file, _) => ["-q", "-db", "-f", file]);
        return new(
            "HAProxy http_req_rate 50 per 1 s, refusals count", Scenarios.Sliding(50, 1, counts: true), port, origin,
            () => DeniedAsync(Path.Combine(program.Folder, "admin")), program.DisposeAsync);
    }

    private static async Task<long> DeniedAsync(string socket)
    {
        using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await client.ConnectAsync(new UnixDomainSocketEndPoint(socket));
        await client.SendAsync(Encoding.ASCII.GetBytes("show stat\n"));
        await using var stream = new NetworkStream(client);
        using var lines = new StreamReader(stream);
        var text = await lines.ReadToEndAsync();
        var front = text.Split('\n').Select(line => line.Split(',')).First(cells => cells is ["front", "FRONTEND", ..]);
        return long.Parse(front[DeniedColumn], CultureInfo.InvariantCulture);
    }

    private static string Configuration(string folder, int port, int origin) => $"""
        global
            stats socket {folder}/admin
            maxconn 2000
        defaults
            mode http
            timeout connect 5s
            timeout client 60s
            timeout server 60s
        frontend front
            bind 127.0.0.1:{port}
            stick-table type ip size 1k expire 60s store http_req_rate(1s)
            http-request track-sc0 src
            http-request deny deny_status 429 if {"{"} sc_http_req_rate(0) gt 50 {"}"}
            default_backend back
        backend back
            server origin 127.0.0.1:{origin}

        """;
}
