namespace EodPredict.Database;

/// <summary>The database and this build disagree about the schema; nothing was changed.</summary>
public sealed class DatabaseMigrationException(string message) : Exception(message);
