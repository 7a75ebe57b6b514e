using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace EodPredict.Database;

/// <summary>
/// A PostgreSQL server of the service's own, from the installed binaries: on a local socket in its folder, with nothing listening on the
/// network, as an unprivileged user where the service was started by root. It outlives a crash of the service, which finds it again at the
/// next start. Several processes may use one folder. Safe for concurrent use.
/// </summary>
public sealed class PrivatePostgreSql
{
    private const string Superuser = "eod";
    private const int LongestSocketPath = 90;

    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    private readonly PrivatePostgreSqlOptions _options;
    private readonly UnprivilegedUser? _user = UnprivilegedUser.WhenRoot();
    private readonly string _binaries;
    private readonly string _data;
    private readonly string _socketFolder;

    /// <exception cref="PostgreSqlMissingException">No server is installed.</exception>
    public PrivatePostgreSql(PrivatePostgreSqlOptions options)
    {
        _options = options;
        _binaries = PostgreSqlBinaries.Find();
        var folder = Path.GetFullPath(options.Folder);
        _data = Path.Combine(folder, "data");
        _socketFolder = folder.Length <= LongestSocketPath
            ? folder
            : throw new PrivatePostgreSqlException($"The folder {folder} is too long for a local socket: choose one of at most {LongestSocketPath} characters.");
    }

    /// <summary>How to reach it. Holds no secret: only the owner of the folder can open the socket.</summary>
    public string ConnectionString => new NpgsqlConnectionStringBuilder
    {
        Host = _socketFolder,
        Username = Superuser,
        Database = "eod",
        MaxPoolSize = _options.MaxConnections / 2,
        IncludeErrorDetail = true,
    }.ConnectionString;

    /// <summary>Whether its process is there. Cheap enough to ask every second.</summary>
    public bool IsRunning => RunningProcessId() is not null;

    /// <summary>Makes its data where there are none, starts it where it does not run, and returns when it answers.</summary>
    /// <exception cref="PrivatePostgreSqlException">It could not be made or started; the message says why and names its log.</exception>
    public async Task StartAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        MakeFolder();
        await using var only = await StartLock.TakeAsync(Path.Combine(_options.Folder, "start.lock"), time, cancellationToken);
        if (!File.Exists(Path.Combine(_data, "PG_VERSION")))
        {
            await InitializeAsync(cancellationToken);
        }

        var began = time.GetTimestamp();
        await StartServerAsync(time, began, cancellationToken);
        await MakeDatabaseAsync(time, began, cancellationToken);
    }

    /// <summary>Stops it cleanly; open connections are closed. Does nothing where it does not run.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (IsRunning)
        {
            await RunAsync("pg_ctl", ["stop", "--wait", "--silent", "-D", _data, "-m", "fast"], cancellationToken);
        }
    }

    /// <summary>
    /// Stops it cleanly unless somebody uses it. Of several processes that stop at once one asks at a time, so that the last one stops it.
    /// </summary>
    /// <param name="isUsed">Whether another process uses it. Whoever asks must have closed its own connections when this returns.</param>
    /// <param name="time">The wall clock.</param>
    /// <param name="cancellationToken">Stops the waiting for others.</param>
    public async Task StopUnlessAsync(Func<CancellationToken, Task<bool>> isUsed, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!IsRunning)
        {
            return;
        }

        await using var only = await StartLock.TakeAsync(Path.Combine(_options.Folder, "start.lock"), time, cancellationToken);
        if (!await isUsed(cancellationToken))
        {
            await StopAsync(cancellationToken);
        }
    }

    /// <summary>Stops it and deletes its data. Does nothing where there is none.</summary>
    public async Task RemoveAsync(CancellationToken cancellationToken)
    {
        await StopAsync(cancellationToken);
        if (Directory.Exists(_data))
        {
            Directory.Delete(_data, recursive: true);
        }
    }

    private string LogFile => Path.Combine(_options.Folder, "postgresql.log");

    private int? RunningProcessId()
    {
        try
        {
            var line = File.ReadLines(Path.Combine(_data, "postmaster.pid")).FirstOrDefault();
            if (!int.TryParse(line, CultureInfo.InvariantCulture, out var id))
            {
                return null;
            }

            using var process = Process.GetProcessById(id);
            return process.ProcessName.StartsWith("postgres", StringComparison.Ordinal) && !process.HasExited && !IsZombie(id) ? id : null;
        }
        catch (Exception e) when (e is IOException or ArgumentException or InvalidOperationException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // Where nobody reaps orphans, as in some containers, a killed server stays in the process table.
    private static bool IsZombie(int id) =>
        OperatingSystem.IsLinux() && File.ReadAllText($"/proc/{id}/stat").Contains(") Z ", StringComparison.Ordinal);

    private void MakeFolder()
    {
        try
        {
            Directory.CreateDirectory(_options.Folder);
            _user?.Own(_options.Folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PrivatePostgreSqlException($"The data folder {_options.Folder} cannot be written: {e.Message} Choose another with Eod__DataFolder.", e);
        }
    }

    private async Task InitializeAsync(CancellationToken cancellationToken)
    {
        var (exitCode, output) = await RunAsync(
            "initdb",
            ["-D", _data, "-U", Superuser, "--auth=trust", "--encoding=UTF8", "--locale=C", .. _options.Durable ? Array.Empty<string>() : ["--no-sync"]],
            cancellationToken);
        if (exitCode != 0)
        {
            throw new PrivatePostgreSqlException($"No private PostgreSQL could be made in {_options.Folder}: {output}");
        }

        await File.AppendAllTextAsync(Path.Combine(_data, "postgresql.conf"), Configuration(), cancellationToken);
    }

    private string Configuration() =>
        string.Create(CultureInfo.InvariantCulture, $"""

            # EodPredict
            listen_addresses = ''
            unix_socket_directories = '{_socketFolder.Replace("'", "''", StringComparison.Ordinal)}'
            unix_socket_permissions = 0700
            max_connections = {_options.MaxConnections}
            jit = off
            fsync = {(_options.Durable ? "on" : "off")}
            synchronous_commit = {(_options.Durable ? "on" : "off")}
            full_page_writes = {(_options.Durable ? "on" : "off")}

            """);

    private async Task StartServerAsync(TimeProvider time, long began, CancellationToken cancellationToken)
    {
        while (!IsRunning)
        {
            var (exitCode, output) = await RunAsync("pg_ctl", ["start", "--wait", "--silent", "-D", _data, "-l", LogFile], cancellationToken);
            if (exitCode != 0 && !IsRunning && time.GetElapsedTime(began) > StartTimeout)
            {
                throw new PrivatePostgreSqlException($"The private PostgreSQL in {_options.Folder} does not start: {output} {LastOfLog()}");
            }

            // Processes of a killed server let go of its memory a moment after it; until then a new one refuses to start.
            if (exitCode != 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), time, cancellationToken);
            }
        }
    }

    private async Task MakeDatabaseAsync(TimeProvider time, long began, CancellationToken cancellationToken)
    {
        var server = new NpgsqlConnectionStringBuilder(ConnectionString) { Database = "postgres", Pooling = false }.ConnectionString;
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(server);
                await connection.OpenAsync(cancellationToken);
                await using var exists = new NpgsqlCommand("select 1 from pg_database where datname = 'eod'", connection);
                if (await exists.ExecuteScalarAsync(cancellationToken) is null)
                {
                    await using var create = new NpgsqlCommand("create database eod", connection);
                    await create.ExecuteNonQueryAsync(cancellationToken);
                }

                return;
            }
            catch (NpgsqlException e) when (e.IsTransient || e is not PostgresException)
            {
                if (time.GetElapsedTime(began) > StartTimeout)
                {
                    throw new PrivatePostgreSqlException($"The private PostgreSQL in {_options.Folder} does not answer: {e.Message} {LastOfLog()}", e);
                }

                // A server that was killed just now still counted as running above.
                await Task.Delay(TimeSpan.FromMilliseconds(100), time, cancellationToken);
                await StartServerAsync(time, began, cancellationToken);
            }
        }
    }

    private async Task<(int ExitCode, string Output)> RunAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        var start = (_user ?? UnprivilegedUser.Self).Command(Path.Combine(_binaries, program), arguments);
        start.WorkingDirectory = _options.Folder;
        start.RedirectStandardError = true;
        start.RedirectStandardOutput = true;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, $"{(await error).Trim()} {(await output).Trim()}".Trim());
    }

    private string LastOfLog() =>
        File.Exists(LogFile) ? $"The end of {LogFile}: {string.Join(" | ", File.ReadLines(LogFile).TakeLast(3))}" : "";
}
