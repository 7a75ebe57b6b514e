namespace EodPredict.Service.Tests;

/// <summary>A test with a shell; skipped, with the reason, where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ShellFactAttribute : FactAttribute
{
    /// <param name="shell">Its program.</param>
    public ShellFactAttribute(string shell) => Skip = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Any(place => File.Exists(Path.Combine(place, shell))) ? null : $"No {shell} is installed: apt-get install {shell}";
}
