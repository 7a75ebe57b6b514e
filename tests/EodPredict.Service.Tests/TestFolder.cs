using System.Diagnostics;
using System.Globalization;

namespace EodPredict.Service.Tests;

/// <summary>A folder for one test: the data folder of its services, and room for files. Its PostgreSQL goes with it.</summary>
public sealed class TestFolder : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("eod-service-").FullName;

    public TestFolder() => Data = Directory.CreateTempSubdirectory("eod-data-").FullName;

    public string Data { get; }

    /// <summary>The process of the private PostgreSQL; null where none runs.</summary>
    public int? PostgreSqlProcess
    {
        get
        {
            try
            {
                var id = int.Parse(File.ReadLines(Path.Combine(Data, "data", "postmaster.pid")).First(), CultureInfo.InvariantCulture);
                using var process = Process.GetProcessById(id);
                return process.HasExited ? null : id;
            }
            catch (Exception e) when (e is IOException or ArgumentException or InvalidOperationException or FormatException)
            {
                return null;
            }
        }
    }

    public string Write(string name, string text)
    {
        var path = Path.Combine(_root, name);
        File.WriteAllText(path, text);
        return path;
    }

    public string PathOf(string name) => Path.Combine(_root, name);

    public void KillPostgreSql()
    {
        if (PostgreSqlProcess is { } id)
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
            process.WaitForExit();
        }
    }

    public void Dispose()
    {
        KillPostgreSql();
        Directory.Delete(_root, recursive: true);
        Directory.Delete(Data, recursive: true);
    }
}
