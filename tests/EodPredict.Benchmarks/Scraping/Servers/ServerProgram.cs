using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace EodPredict.Benchmarks.Scraping.Servers;

/// <summary>A server of the distribution as a child process, in a folder that goes with it.</summary>
internal sealed class ServerProgram : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly Process _process;

    private ServerProgram(Process process, string folder) => (_process, Folder) = (process, folder);

    public string Folder { get; }

    /// <summary>Starts it and returns when its port answers.</summary>
    /// <param name="program">Its name; it may be in /usr/sbin.</param>
    /// <param name="port">Where it will listen.</param>
    /// <param name="configure">Its configuration, given its folder.</param>
    /// <param name="arguments">Its arguments, given the configuration's path and its folder.</param>
    public static async Task<ServerProgram> StartAsync(
        string program, int port, Func<string, string> configure, Func<string, string, string[]> arguments)
    {
        var folder = Directory.CreateTempSubdirectory("eod-bench-").FullName;
        var file = Path.Combine(folder, "server.conf");
        await File.WriteAllTextAsync(file, configure(folder));
        var path = $"/usr/sbin/{program}";
        var process = Process.Start(new ProcessStartInfo(File.Exists(path) ? path : program, arguments(file, folder)))!;
        var server = new ServerProgram(process, folder);
        var began = BenchmarkTime.Wall.GetTimestamp();
        while (!await AnswersAsync(port))
        {
            if (process.HasExited || BenchmarkTime.Wall.GetElapsedTime(began) > Patience)
            {
                await server.DisposeAsync();
                throw new InvalidOperationException($"{program} did not start; what it said stands above.");
            }

            await Task.Delay(Pause, BenchmarkTime.Wall);
        }

        return server;
    }

    /// <summary>A port that is free now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private static async Task<bool> AnswersAsync(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
