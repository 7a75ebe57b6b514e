using Npgsql;

namespace EodPredict.Service.Tests;

/// <summary>One running service for a test class, and its database.</summary>
public sealed class ServedFolder : IAsyncLifetime, IDisposable
{
    private readonly TestFolder _folder = new();

    public EodProcess Eod { get; private set; } = null!;

    public NpgsqlDataSource Database { get; private set; } = null!;

    /// <summary>The folder with the database's socket.</summary>
    public string Data => _folder.Data;

    public void KillPostgreSql() => _folder.KillPostgreSql();

    public async Task InitializeAsync()
    {
        Eod = await EodProcess.ServeAsync(_folder);
        Database = NpgsqlDataSource.Create($"Host={_folder.Data};Username=eod;Database=eod");
    }

    public async Task DisposeAsync()
    {
        await Database.DisposeAsync();
        await Eod.DisposeAsync();
    }

    public void Dispose() => _folder.Dispose();
}
