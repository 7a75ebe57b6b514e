using System.CommandLine;

namespace EodPredict.Service.CommandLine;

/// <summary>The option that names a scraping job.</summary>
internal static class JobOption
{
    public static Option<string> Create() => new("--job") { Description = "The job's name.", HelpName = "NAME", Required = true };
}
