namespace EodPredict.Database;

/// <summary>Where and how a private PostgreSQL server runs.</summary>
public sealed class PrivatePostgreSqlOptions
{
    /// <summary>The folder that holds its data, its log and its socket. Made when missing, together with its parents.</summary>
    public required string Folder { get; init; }

    /// <summary>Whether a commit waits for the disk. False only where losing the data is no loss, as in tests. The default is true.</summary>
    public bool Durable { get; init; } = true;

    /// <summary>How many connections the server accepts. The default is 200.</summary>
    public int MaxConnections { get; init; } = 200;
}
