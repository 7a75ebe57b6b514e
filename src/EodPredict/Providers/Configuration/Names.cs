namespace EodPredict.Providers.Configuration;

/// <summary>What providers and datasets may be called: their names stand in jobs, budgets and addresses of the service.</summary>
internal static class Names
{
    public const string AllowedZone = "Expected a time zone of the tz database, such as America/New_York.";

    public const string Allowed = "1 to 64 letters, digits, '.', '_' or '-'";

    public static bool AreAllowed(string name) =>
        name.Length is > 0 and <= 64 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');
}
