using System.Reflection;

namespace EodPredict.Service.Hosting;

/// <summary>Which engines this build runs on.</summary>
internal static class Engines
{
    /// <summary>Quartz or Hangfire.</summary>
    public static string JobEngine { get; } = Metadata("JobEngine");

    /// <summary>XGBoost or FastTree.</summary>
    public static string TreeLearner { get; } = Metadata("TreeLearner");

    /// <summary>The version of this program.</summary>
    public static string Version { get; } =
        typeof(Engines).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    private static string Metadata(string key) =>
        typeof(Engines).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(metadata => metadata.Key == key).Value!;
}
