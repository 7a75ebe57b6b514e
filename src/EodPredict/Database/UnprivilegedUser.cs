using System.Diagnostics;

namespace EodPredict.Database;

/// <summary>The user under whom PostgreSQL's programs run; they refuse to run as root.</summary>
internal sealed class UnprivilegedUser
{
    private static readonly string[] Candidates = ["postgres", "nobody"];

    private readonly string? _name;

    private UnprivilegedUser(string? name) => _name = name;

    /// <summary>Whoever the service runs as.</summary>
    public static UnprivilegedUser Self { get; } = new(null);

    /// <summary>Another user when the service was started by root, else null.</summary>
    public static UnprivilegedUser? WhenRoot()
    {
        if (OperatingSystem.IsWindows() || Environment.UserName != "root")
        {
            return null;
        }

        var known = File.ReadLines("/etc/passwd").Select(line => line.Split(':')[0]).ToHashSet();
        return new UnprivilegedUser(Candidates.First(known.Contains));
    }

    /// <summary>Gives the folder to this user, closed to others.</summary>
    /// <exception cref="UnauthorizedAccessException">It cannot be given, or the user cannot enter it.</exception>
    public void Own(string folder)
    {
        if (!Succeeds(new ProcessStartInfo("chown", [$"{_name}", folder])))
        {
            throw new UnauthorizedAccessException($"It cannot be given to the user {_name}.");
        }

        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        if (!Succeeds(Command("test", ["-w", folder])))
        {
            throw new UnauthorizedAccessException(
                $"PostgreSQL does not run as root but as the user {_name}, who cannot enter it: a folder above it is closed to others.");
        }
    }

    private static bool Succeeds(ProcessStartInfo start)
    {
        start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    public ProcessStartInfo Command(string program, IEnumerable<string> arguments) =>
        _name is null
            ? new ProcessStartInfo(program, arguments)
            : new ProcessStartInfo("setpriv", ["--reuid", _name, "--regid", Group(_name), "--clear-groups", "--", program, .. arguments]);

    private static string Group(string user) =>
        File.ReadLines("/etc/passwd").Select(line => line.Split(':')).First(fields => fields[0] == user)[3];
}
