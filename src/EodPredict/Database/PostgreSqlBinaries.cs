using System.Diagnostics;
using System.Globalization;

namespace EodPredict.Database;

/// <summary>Where the installed PostgreSQL server's programs are.</summary>
public static class PostgreSqlBinaries
{
    private const string DebianRoot = "/usr/lib/postgresql";

    /// <summary>
    /// The folder that holds <c>initdb</c>, <c>pg_ctl</c> and <c>postgres</c>: on the PATH, under /usr/lib/postgresql (the newest version),
    /// or where <c>pg_config --bindir</c> says.
    /// </summary>
    /// <exception cref="PostgreSqlMissingException">None of the three has a server.</exception>
    public static string Find() =>
        OnPath().Concat(UnderDebianRoot()).Concat(FromConfiguration()).FirstOrDefault(IsServerFolder)
        ?? throw new PostgreSqlMissingException(
            $"No PostgreSQL server is installed: initdb is neither on the PATH nor under {DebianRoot}/*/bin. " +
            "Install it (Debian and Ubuntu: apt-get install postgresql), or point ConnectionStrings__Eod at a running server.");

    private static bool IsServerFolder(string folder) =>
        new[] { "initdb", "pg_ctl", "postgres" }.All(program => File.Exists(Path.Combine(folder, program)));

    private static IEnumerable<string> OnPath() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<string> UnderDebianRoot() =>
        Directory.Exists(DebianRoot)
            ? Directory.GetDirectories(DebianRoot)
                .OrderByDescending(folder => double.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var version) ? version : 0)
                .Select(folder => Path.Combine(folder, "bin"))
            : [];

    private static IEnumerable<string> FromConfiguration()
    {
        string folder;
        try
        {
            using var process = Process.Start(new ProcessStartInfo("pg_config", "--bindir") { RedirectStandardOutput = true })!;
            folder = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            yield break;
        }

        yield return folder;
    }
}
