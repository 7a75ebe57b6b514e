using System.Diagnostics;
using EodPredict.Database;
using Npgsql;

namespace EodPredict.Tests.Database;

/// <summary>One real PostgreSQL for all tests of a run, with a migrated database from which each test class gets a copy.</summary>
internal static class TestServer
{
    private const string Template = "eod";

    private static readonly Lazy<Task<string>> Started = new(StartAsync);
    private static readonly SemaphoreSlim Copying = new(1);
    private static int _databases;

    /// <summary>Makes a migrated, empty database and returns its connection string.</summary>
    public static async Task<string> NewDatabaseAsync()
    {
        var server = new NpgsqlConnectionStringBuilder(await Started.Value);
        var name = $"test_{Interlocked.Increment(ref _databases)}";

        // PostgreSQL refuses to copy a template that anybody is using.
        await Copying.WaitAsync();
        try
        {
            await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = "postgres", Pooling = false }.ConnectionString);
            await connection.OpenAsync();
            await using var create = new NpgsqlCommand($"create database {name} template {Template}", connection);
            await create.ExecuteNonQueryAsync();
        }
        finally
        {
            Copying.Release();
        }

        return new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = name, MaxPoolSize = 50 }.ConnectionString;
    }

    private static async Task<string> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("eod-test-").FullName;
        var server = new PrivatePostgreSql(new PrivatePostgreSqlOptions { Folder = folder, Durable = false });
        CleanUpAfterThisProcess(folder);
        await server.StartAsync(TestTime.Wall, CancellationToken.None);
        await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(server.ConnectionString) { Pooling = false }.ConnectionString);
        await DatabaseMigrations.ApplyAsync(database, TestTime.Wall, CancellationToken.None);
        return server.ConnectionString;
    }

    /// <summary>Stops the server in a folder and removes it: a test host that is done is killed before it could do so itself.</summary>
    /// <returns>What waits for this process; to be killed with its children by whoever removes the folder before.</returns>
    internal static Process CleanUpAfterThisProcess(string folder)
    {
        const string Script = """
            exec >/dev/null 2>&1 </dev/null
            tail --pid="$1" -f /dev/null
            server=$(head -n 1 "$2/data/postmaster.pid")
            kill -QUIT "$server"
            tail --pid="$server" -f /dev/null
            rm -rf "$2"
            """;
        return Process.Start("setsid", ["sh", "-c", Script, "sh", $"{Environment.ProcessId}", folder])!;
    }
}
