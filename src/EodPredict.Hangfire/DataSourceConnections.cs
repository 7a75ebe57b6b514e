using Hangfire.PostgreSql;
using Npgsql;

namespace EodPredict.Hangfire;

/// <summary>Lets Hangfire's storage take its connections from the service's data source.</summary>
internal sealed class DataSourceConnections(NpgsqlDataSource database) : IConnectionFactory
{
    public NpgsqlConnection GetOrCreateConnection() => database.CreateConnection();
}
