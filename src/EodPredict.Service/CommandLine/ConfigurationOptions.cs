using System.CommandLine;
using EodPredict.Service.Configuration;

namespace EodPredict.Service.CommandLine;

/// <summary>The options of every command that say where its configuration comes from.</summary>
internal static class ConfigurationOptions
{
    public static Option<FileInfo?> File { get; } = new("--config")
    {
        Description = $"The configuration file. Default: {EodConfiguration.DefaultFile} in the current directory, where there is one.",
        HelpName = "FILE",
        Recursive = true,
    };

    public static Option<string[]> Set { get; } = new("--set")
    {
        Description = "One value of the configuration, such as Eod:DataFolder=/srv/eod. May be repeated.",
        HelpName = "KEY=VALUE",
        Recursive = true,
        DefaultValueFactory = _ => [],
    };

    /// <summary>The configuration: the file, over it the environment, over it the command line.</summary>
    /// <exception cref="ConfigurationFaultException">The file is missing or no JSON, or a value is malformed.</exception>
    public static IConfigurationRoot Configuration(this ParseResult command, params KeyValuePair<string, string?>[] overrides) =>
        EodConfiguration.Read(command.GetValue(File)?.FullName, command.GetValue(Set) ?? [], overrides);
}
