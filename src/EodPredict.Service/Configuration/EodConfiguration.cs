namespace EodPredict.Service.Configuration;

/// <summary>
/// Where the configuration comes from: a JSON file, over it the environment with the files of secrets, over it the command line.
/// </summary>
internal static class EodConfiguration
{
    public const string DefaultFile = "eod.json";

    /// <param name="file">The file that was asked for; null means <see cref="DefaultFile"/> where there is one.</param>
    /// <param name="settings">Values of the form <c>KEY=VALUE</c>.</param>
    /// <param name="overrides">What the command itself sets, such as the port; strongest of all.</param>
    /// <exception cref="ConfigurationFaultException">
    /// The file is missing or no JSON, a setting is malformed, or there are no secrets where they should be.
    /// </exception>
    public static IConfigurationRoot Read(
        string? file, IReadOnlyList<string> settings, IEnumerable<KeyValuePair<string, string?>> overrides)
    {
        SecretFiles.TakeIntoEnvironment();
        var builder = new ConfigurationBuilder();
        var path = Path.GetFullPath(file ?? DefaultFile);
        if (file is not null && !File.Exists(path))
        {
            throw new ConfigurationFaultException([$"--config {file}: there is no such file."]);
        }

        try
        {
            return builder
                .AddJsonFile(path, optional: file is null, reloadOnChange: false)
                .AddEnvironmentVariables()
                .AddInMemoryCollection(settings.Select(Split))
                .AddInMemoryCollection(overrides)
                .Build();
        }
        catch (InvalidDataException e)
        {
            throw new ConfigurationFaultException([$"{path} cannot be read as JSON: {(e.InnerException ?? e).Message}"]);
        }
    }

    private static KeyValuePair<string, string?> Split(string setting) =>
        setting.IndexOf('=', StringComparison.Ordinal) is > 0 and var at
            ? new(setting[..at].Replace("__", ":", StringComparison.Ordinal), setting[(at + 1)..])
            : throw new ConfigurationFaultException(["--set takes KEY=VALUE, such as Eod:DataFolder=/srv/eod; one has no '='."]);
}
