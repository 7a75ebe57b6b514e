using EodPredict.Database;
using EodPredict.Service.Configuration;
using Npgsql;

namespace EodPredict.Service.Hosting;

/// <summary>
/// The database server of this installation: the one that was configured, else a private one in the data folder. Safe for concurrent use.
/// </summary>
internal sealed class DatabaseServer : IAsyncDisposable
{
    // Tells this installation's processes apart in pg_stat_activity.
    private const string ApplicationName = "eod";

    private readonly PrivatePostgreSql? _private;
    private readonly TimeProvider _wall;

    /// <exception cref="PostgreSqlMissingException">None was configured and none is installed.</exception>
    public DatabaseServer(IConfiguration configuration, TimeProvider wall)
    {
        _wall = wall;
        if (configuration[ConfigurationCheck.DatabaseKey] is { Length: > 0 } configured)
        {
            var server = new NpgsqlConnectionStringBuilder(configured);
            server.ApplicationName ??= $"{ApplicationName} {Environment.ProcessId}";
            Description = $"{server.Host}:{server.Port}/{server.Database ?? server.Username}";
            DataSource = NpgsqlDataSource.Create(server);
        }
        else
        {
            var folder = DataFolder.Of(configuration);
            _private = new PrivatePostgreSql(new PrivatePostgreSqlOptions { Folder = folder });
            Description = $"the private PostgreSQL in {folder}";
            DataSource = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(_private.ConnectionString)
            {
                ApplicationName = $"{ApplicationName} {Environment.ProcessId}",
            });
        }
    }

    public NpgsqlDataSource DataSource { get; }

    /// <summary>Where it is, for people; without user and password.</summary>
    public string Description { get; }

    public bool IsPrivate => _private is not null;

    /// <summary>Starts the private server where it does not run, and returns when one connection could be made.</summary>
    /// <exception cref="PrivatePostgreSqlException">The private server could not be made or started.</exception>
    /// <exception cref="NpgsqlException">The configured server does not answer, or refuses.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_private is not null)
        {
            await _private.StartAsync(_wall, cancellationToken);
        }

        await using var connection = await DataSource.OpenConnectionAsync(cancellationToken);
    }

    /// <summary>Stops the private server unless another process of the installation uses it. A configured server is left alone.</summary>
    public Task StopIfUnusedAsync(CancellationToken cancellationToken) =>
        _private is null ? Task.CompletedTask : _private.StopUnlessAsync(IsUsedByOthersAsync, _wall, cancellationToken);

    public ValueTask DisposeAsync() => DataSource.DisposeAsync();

    private async Task<bool> IsUsedByOthersAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var command = DataSource.CreateCommand(
                "select exists (select from pg_stat_activity where application_name like $1 and application_name <> $2)");
            command.Parameters.Add(new NpgsqlParameter { Value = $"{ApplicationName} %" });
            command.Parameters.Add(new NpgsqlParameter { Value = $"{ApplicationName} {Environment.ProcessId}" });
            return await command.ExecuteScalarAsync(cancellationToken) is true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
        finally
        {
            // Another process that stops at the same time asks next, and must not take this one for a user.
            DataSource.Clear();
        }
    }
}
