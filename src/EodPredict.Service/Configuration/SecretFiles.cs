namespace EodPredict.Service.Configuration;

/// <summary>
/// Secrets from files, as containers are given them: each file of a folder is worth the environment variable of its name.
/// </summary>
internal static class SecretFiles
{
    /// <summary>The environment variable that names the folder; without it there is none.</summary>
    public const string FolderVariable = "EOD_SECRETS";

    /// <summary>Reads them; a variable that the environment has stays as it is. What they hold, without white space around it, is told nowhere.</summary>
    /// <exception cref="ConfigurationFaultException">The folder is missing, or a file cannot be read.</exception>
    public static void TakeIntoEnvironment()
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is not { Length: > 0 } folder)
        {
            return;
        }

        try
        {
            foreach (var file in Directory.GetFiles(folder))
            {
                var name = Path.GetFileName(file);
                if (!name.StartsWith('.') && Environment.GetEnvironmentVariable(name) is null)
                {
                    Environment.SetEnvironmentVariable(name, File.ReadAllText(file).Trim());
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationFaultException([$"{FolderVariable} is {folder}, which cannot be read: {e.Message}"]);
        }
    }
}
