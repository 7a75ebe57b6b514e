using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using EodPredict.Tests.Worker;

namespace EodPredict.Tests.Orders;

/// <summary>A program in one language that takes ids and writes each into a file.</summary>
/// <param name="Language">Its name.</param>
/// <param name="Probe">A command that succeeds where the program can run.</param>
/// <param name="Command">The command of one run against the server in a folder.</param>
internal sealed record IdTaker(string Language, string[] Probe, Func<OrderIdRun, string, string[]> Command)
{
    /// <summary>What a script leases at a time; .NET's allocator decides by itself.</summary>
    public const int Blocks = 16;

    private static readonly IdTaker[] All =
    [
        new("C#", [], (_, _) => ["dotnet", typeof(OrderIdRun).Assembly.Location]),
        new("Python", ["/usr/bin/python3", "-c", "import psycopg2"],
            (run, folder) => ["/usr/bin/python3", Script("take_ids.py"), $"host={folder} user=eod dbname=eod", .. Arguments(run)]),
        new("Perl", ["perl", "-MDBD::Pg", "-e", "1"],
            (run, folder) => ["perl", Script("take_ids.pl"), $"host={folder};user=eod;dbname=eod", .. Arguments(run)]),
        new("JavaScript", ["node", "-e", "require('pg')"],
            (run, folder) => ["node", Script("take_ids.js"), $"postgresql://eod@/eod?host={folder}", .. Arguments(run)]),
    ];

    /// <summary>Those that can run here.</summary>
    public static IReadOnlyList<IdTaker> Here { get; } = [.. All.Where(taker => taker.Probe is [] || Succeeds(taker.Probe))];

    public Process Start(OrderIdRun run, OrderServer server)
    {
        var command = Command(run, server.Folder);
        return Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            Environment = { [OrderIdRun.Variable] = JsonSerializer.Serialize(run) },
        })!;
    }

    private static string Script(string name) => Path.Combine(AppContext.BaseDirectory, "Orders", "Scripts", name);

    private static string[] Arguments(OrderIdRun run) =>
        [run.Worker, run.File, run.Ids.ToString(CultureInfo.InvariantCulture), Blocks.ToString(CultureInfo.InvariantCulture)];

    private static bool Succeeds(string[] probe)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(probe[0], probe[1..]) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
