namespace EodPredict.Database;

/// <summary>The private PostgreSQL could not be made or started; the message says why and what to do.</summary>
public sealed class PrivatePostgreSqlException(string message, Exception? inner = null) : Exception(message, inner);
