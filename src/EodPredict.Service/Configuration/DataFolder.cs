namespace EodPredict.Service.Configuration;

/// <summary>Where the service keeps what is its own on this machine: the private PostgreSQL.</summary>
internal static class DataFolder
{
    public const string Key = "Eod:DataFolder";

    // The unprivileged user that runs PostgreSQL for root cannot enter root's home.
    private const string OfRoot = "/var/lib/eodpredict";

    /// <summary>
    /// The configured folder, else eodpredict in the user's data folder ($XDG_DATA_HOME, ~/.local/share), for root /var/lib/eodpredict.
    /// </summary>
    public static string Of(IConfiguration configuration) =>
        configuration[Key] is { Length: > 0 } configured ? Path.GetFullPath(configured)
        : Environment.UserName == "root" ? OfRoot
        : Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
            "eodpredict");
}
