using System.Diagnostics;
using System.Globalization;
using EodPredict.Database;
using Npgsql;

namespace EodPredict.Benchmarks;

/// <summary>A new PostgreSQL with the schema, waiting for the disk at every commit, in a folder that goes with it.</summary>
internal sealed class BenchmarkServer : IAsyncDisposable
{
    private readonly string _folder;
    private readonly PrivatePostgreSql _server;

    private BenchmarkServer(string folder)
    {
        _folder = folder;
        _server = new PrivatePostgreSql(new PrivatePostgreSqlOptions { Folder = folder });
        Database = NpgsqlDataSource.Create(_server.ConnectionString);
    }

    public NpgsqlDataSource Database { get; }

    public string ConnectionString => _server.ConnectionString;

    public static async Task<BenchmarkServer> StartNewAsync()
    {
        var server = new BenchmarkServer(Directory.CreateTempSubdirectory("eod-bench-").FullName);
        await server.StartAsync();
        await DatabaseMigrations.ApplyAsync(server.Database, BenchmarkTime.Wall, CancellationToken.None);
        return server;
    }

    public Task StartAsync() => _server.StartAsync(BenchmarkTime.Wall, CancellationToken.None);

    /// <summary>SIGKILL; its other processes end when they notice.</summary>
    public void Kill()
    {
        var id = int.Parse(File.ReadLines(Path.Combine(_folder, "data", "postmaster.pid")).First(), CultureInfo.InvariantCulture);
        using var process = Process.GetProcessById(id);
        process.Kill();
    }

    /// <summary>Runs some statements, however long they take.</summary>
    public async Task RunAsync(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await _server.StopAsync(CancellationToken.None);
        Directory.Delete(_folder, recursive: true);
    }
}
