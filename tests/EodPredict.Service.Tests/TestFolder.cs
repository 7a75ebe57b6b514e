using System.Diagnostics;
using System.Globalization;

namespace EodPredict.Service.Tests;

/// <summary>A folder for one test: the data folder of its services, and room for files. Its PostgreSQL goes with it.</summary>
public sealed class TestFolder : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("eod-service-").FullName;

    public TestFolder()
    {
        Data = Directory.CreateTempSubdirectory("eod-data-").FullName;
        if (!OperatingSystem.IsWindows())
        {
            // The demo's database lies in a folder below, and runs as a user of its own.
            File.SetUnixFileMode(Data, File.GetUnixFileMode(Data) | UnixFileMode.OtherExecute | UnixFileMode.OtherRead);
        }
    }

    public string Data { get; }

    /// <summary>The process of the private PostgreSQL; null where none runs.</summary>
    public int? PostgreSqlProcess => PostgreSqlProcessIn(Data);

    /// <summary>The process of the demo's private PostgreSQL; null where none runs.</summary>
    public int? DemoPostgreSqlProcess => PostgreSqlProcessIn(Path.Combine(Data, "demo"));

    public string Write(string name, string text)
    {
        var path = Path.Combine(_root, name);
        File.WriteAllText(path, text);
        return path;
    }

    public string PathOf(string name) => Path.Combine(_root, name);

    public void KillPostgreSql() => Kill(PostgreSqlProcess);

    public void KillDemoPostgreSql() => Kill(DemoPostgreSqlProcess);

    public void Dispose()
    {
        KillPostgreSql();
        KillDemoPostgreSql();
        Directory.Delete(_root, recursive: true);
        Directory.Delete(Data, recursive: true);
    }

    private static int? PostgreSqlProcessIn(string folder)
    {
        try
        {
            var id = int.Parse(File.ReadLines(Path.Combine(folder, "data", "postmaster.pid")).First(), CultureInfo.InvariantCulture);
            using var process = Process.GetProcessById(id);
            return process.HasExited ? null : id;
        }
        catch (Exception e) when (e is IOException or ArgumentException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static void Kill(int? id)
    {
        if (id is { } running)
        {
            using var process = Process.GetProcessById(running);
            process.Kill();
            process.WaitForExit();
        }
    }
}
