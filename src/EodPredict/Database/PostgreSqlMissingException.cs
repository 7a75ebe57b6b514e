namespace EodPredict.Database;

/// <summary>No PostgreSQL server is installed and none was configured.</summary>
public sealed class PostgreSqlMissingException(string message) : Exception(message);
