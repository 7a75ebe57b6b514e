using System.Diagnostics;

namespace EodPredict.Service.Tests;

/// <summary>A test of the compose file; skipped, with the reason, where neither form of the client is installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ComposeFactAttribute : FactAttribute
{
    public ComposeFactAttribute() =>
        Skip = Client is null ? "Neither docker compose nor docker-compose is installed: apt-get install docker-compose" : null;

    /// <summary>The program and its first arguments; null where there is none.</summary>
    public static string[]? Client { get; } = Array.Find<string[]>([["docker", "compose"], ["docker-compose"]], Answers);

    private static bool Answers(string[] client)
    {
        try
        {
            using var version = Process.Start(
                new ProcessStartInfo(client[0], [.. client[1..], "version"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            version.WaitForExit();
            return version.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
