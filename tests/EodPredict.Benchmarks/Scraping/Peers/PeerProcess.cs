using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace EodPredict.Benchmarks.Scraping.Peers;

/// <summary>A peer as a process: a script of peers/, or this program.</summary>
internal static class PeerProcess
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    // Where ./eod has put the scripts beside the packages that they import.
    private static string Folder => Environment.GetEnvironmentVariable("EOD_PEERS")
        ?? throw new InvalidOperationException("Run it by ./eod bench peers, which installs them.");

    public static Peer Node(string name, string script, string setting) => new(
        name, setting, (port, items, longest) => RunAsync("node", [Path.Combine(Folder, script)], port, items, setting, longest));

    public static Peer Python(string name, string script, string setting) => new(
        name, setting,
        (port, items, longest) => RunAsync("/usr/bin/python3", [Path.Combine(Folder, script)], port, items, setting, longest));

    public static Peer Own(string name, string peer, string setting) => new(
        name, setting, (port, items, longest) => RunAsync(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "EodPredict.Benchmarks.dll"), "peer", peer], port, items, setting, longest));

    private static async Task<PeerResult> RunAsync(
        string program, string[] before, int port, int items, string setting, TimeSpan longest)
    {
        string[] arguments = [.. before, $"http://127.0.0.1:{port}/items/", items.ToString(CultureInfo.InvariantCulture), .. Words(setting)];
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var saying = process.StandardOutput.ReadToEndAsync();
        var isDone = await EndsAsync(process, longest);
        if (!isDone)
        {
            using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
            await kill.WaitForExitAsync();
            if (!await EndsAsync(process, Grace))
            {
                process.Kill();
            }
        }

        // One that had to be killed says nothing.
        var said = (await saying).Split('\n').LastOrDefault(line => line.StartsWith('{'));
        return said is null ? new(0, 0, false) : JsonSerializer.Deserialize<PeerResult>(said, Json)! with { IsDone = isDone };
    }

    private static async Task<bool> EndsAsync(Process process, TimeSpan longest)
    {
        using var patience = new CancellationTokenSource(longest, BenchmarkTime.Wall);
        try
        {
            await process.WaitForExitAsync(patience.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static string[] Words(string setting) => setting.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
