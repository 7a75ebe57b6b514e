using System.Diagnostics;
using System.Globalization;
using EodPredict.Database;
using EodPredict.Tests.Database;
using Npgsql;

namespace EodPredict.Tests.Orders;

/// <summary>A PostgreSQL of a test's own that waits for the disk at every commit, and that can be killed, copied, promoted and restored.</summary>
public sealed class OrderServer : IAsyncDisposable
{
    private readonly PrivatePostgreSql _server;
    private readonly Process _cleanUp;

    private OrderServer()
    {
        var folder = Directory.CreateTempSubdirectory("eod-orders-").FullName;
        _cleanUp = TestServer.CleanUpAfterThisProcess(folder);
        Folder = folder;
        _server = new PrivatePostgreSql(new PrivatePostgreSqlOptions { Folder = folder });
    }

    public string Folder { get; }

    /// <summary>Without pooling: a connection that outlived a kill says nothing.</summary>
    public string ConnectionString(string database = "eod") => new NpgsqlConnectionStringBuilder(_server.ConnectionString)
    {
        Database = database, Pooling = false, Timeout = 120, CommandTimeout = 120,
    }.ConnectionString;

    /// <summary>A new server with the schema in its database eod.</summary>
    public static async Task<OrderServer> StartNewAsync()
    {
        var server = new OrderServer();
        await server.StartAsync();
        await server.MigrateAsync("eod");
        await using var connection = await server.OpenAsync();
        Assert.Equal(
            ["on", "on", "on"],
            await connection.RowsAsync(
                "select current_setting(name) from unnest('{fsync,synchronous_commit,full_page_writes}'::text[]) name", row => row.GetString(0)));
        return server;
    }

    /// <summary>Starts it, however long a busy machine takes: a run of hours is not lost to one slow start.</summary>
    public async Task StartAsync()
    {
        for (var tries = 5; ; tries--)
        {
            try
            {
                await _server.StartAsync(TestTime.Wall, CancellationToken.None);
                return;
            }
            catch (PrivatePostgreSqlException) when (tries > 1)
            {
                // It goes on recovering meanwhile.
            }
        }
    }

    public async Task<NpgsqlConnection> OpenAsync(string database = "eod")
    {
        var connection = new NpgsqlConnection(ConnectionString(database));
        await connection.OpenAsync();
        return connection;
    }

    public async Task MigrateAsync(string database)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString(database));
        await DatabaseMigrations.ApplyAsync(source, TestTime.Wall, CancellationToken.None);
    }

    /// <summary>Runs one statement in a database of its own connection.</summary>
    public async Task RunAsync(string sql, string database = "eod")
    {
        await using var connection = await OpenAsync(database);
        await connection.RunAsync(sql);
    }

    /// <summary>SIGKILL to the server and all its processes, all at once.</summary>
    public async Task KillAsync()
    {
        var server = int.Parse(File.ReadLines(Path.Combine(Folder, "data", "postmaster.pid")).First(), CultureInfo.InvariantCulture);
        // Stopped first, so that it starts no process that would be overlooked and keep its memory.
        await RunAsync("kill", ["-STOP", server.ToString(CultureInfo.InvariantCulture)]);
        var all = Children(server).Prepend(server).ToList();
        await RunAsync("kill", ["-KILL", .. all.Select(id => id.ToString(CultureInfo.InvariantCulture))]);
        while (all.Any(IsAlive))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TestTime.Wall);
        }
    }

    public async Task RestartAfterKillAsync()
    {
        await KillAsync();
        await StartAsync();
    }

    /// <summary>A copy of this server as it is now, in a folder of its own, not started: a standby, or the past to be restored.</summary>
    public async Task<OrderServer> BackUpAsync(bool asStandby)
    {
        var copy = new OrderServer();
        Own(copy.Folder);
        await RunAsPostgresAsync("pg_basebackup",
        [
            "-h", Folder, "-U", "eod", "-D", Path.Combine(copy.Folder, "data"), "--checkpoint=fast", "--no-sync", "--wal-method=stream",
            .. asStandby ? ["--write-recovery-conf"] : Array.Empty<string>(),
        ]);
        await File.AppendAllTextAsync(Path.Combine(copy.Folder, "data", "postgresql.conf"), $"\nunix_socket_directories = '{copy.Folder}'\n");
        return copy;
    }

    /// <summary>Makes a standby the primary.</summary>
    public async Task PromoteAsync() => await RunAsPostgresAsync("pg_ctl", ["promote", "--wait", "--timeout=300", "--silent", "-D", Path.Combine(Folder, "data")]);

    public async ValueTask DisposeAsync()
    {
        // Nothing of it is needed any more, so it need not write down what it knows.
        if (_server.IsRunning)
        {
            await KillAsync();
        }

        Directory.Delete(Folder, recursive: true);

        // A long run makes a standby a window: their cleaners, each of which looks every second, would be hundreds.
        _cleanUp.Kill(entireProcessTree: true);
        _cleanUp.Dispose();
    }

    private static void Own(string folder) => UnprivilegedUser.WhenRoot()?.Own(folder);

    private async Task RunAsPostgresAsync(string program, string[] arguments)
    {
        // On the PATH there may be links to some of the programs only.
        var server = Path.Combine(PostgreSqlBinaries.Find(), "postgres");
        var programs = Path.GetDirectoryName(File.ResolveLinkTarget(server, returnFinalTarget: true)?.FullName ?? server)!;
        await RunAsync((UnprivilegedUser.WhenRoot() ?? UnprivilegedUser.Self).Command(Path.Combine(programs, program), arguments));
    }

    private Task RunAsync(string program, string[] arguments) => RunAsync(new ProcessStartInfo(program, arguments));

    private async Task RunAsync(ProcessStartInfo start)
    {
        start.WorkingDirectory = Folder;
        start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0 && start.FileName != "kill")
        {
            throw new InvalidOperationException($"{start.FileName} {string.Join(' ', start.ArgumentList)}: {error}");
        }
    }

    private static IEnumerable<int> Children(int parent) =>
        from folder in Directory.EnumerateDirectories("/proc")
        where int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out _)
        let stat = Stat(folder)
        where stat is not null && stat[1] == parent.ToString(CultureInfo.InvariantCulture)
        select int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture);

    private static bool IsAlive(int id) => Stat($"/proc/{id}") is [not "Z", ..];

    // From the state on; the name before it may hold anything.
    private static string[]? Stat(string folder)
    {
        try
        {
            var text = File.ReadAllText(Path.Combine(folder, "stat"));
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }
}
