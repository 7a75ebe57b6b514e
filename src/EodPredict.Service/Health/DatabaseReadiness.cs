namespace EodPredict.Service.Health;

/// <param name="Place">Where the database is, without user and password.</param>
/// <param name="Answers">Whether it answered now.</param>
/// <param name="Version">The server's version; null where it does not answer.</param>
/// <param name="Migrations">How many migrations it has; null where it does not answer.</param>
/// <param name="Reason">Why it does not answer; null where it does.</param>
internal sealed record DatabaseReadiness(string Place, bool Answers, string? Version, long? Migrations, string? Reason);
