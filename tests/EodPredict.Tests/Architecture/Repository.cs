using System.Text.RegularExpressions;

namespace EodPredict.Tests.Architecture;

/// <summary>The files of the repository these tests were built from, without what is built or ignored.</summary>
internal static class Repository
{
    private static readonly string[] Ignored = [".git", ".vs", ".vscode", "artifacts", "bin", "obj"];

    public static string Root { get; } = FindRoot();

    /// <summary>Every file as a path relative to the root, with forward slashes.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. FilesUnder(Root).Order(StringComparer.Ordinal)];

    public static IEnumerable<string> Sources => Files.Where(file => file.EndsWith(".cs", StringComparison.Ordinal));

    public static string[] Lines(string file) => File.ReadAllLines(Path.Combine(Root, file));

    /// <summary>Where a line of a file matches, as <c>file:line: what matched</c>.</summary>
    public static IEnumerable<string> Matches(IEnumerable<string> files, Regex pattern) =>
        from file in files
        from line in Lines(file).Index()
        let match = pattern.Match(line.Item)
        where match.Success
        select $"{file}:{line.Index + 1}: {match.Value}";

    /// <summary>Fails with every violation, one a line.</summary>
    public static void AssertNone(string rule, IEnumerable<string> violations)
    {
        var found = violations.ToList();
        if (found.Count > 0)
        {
            Assert.Fail($"{rule}\n{string.Join('\n', found)}");
        }
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "EodPredict.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException($"No EodPredict.sln above {AppContext.BaseDirectory}.");
    }

    private static IEnumerable<string> FilesUnder(string folder) =>
        Directory.EnumerateFileSystemEntries(folder)
            .Where(entry => !Ignored.Contains(Path.GetFileName(entry)))
            .SelectMany(entry => Directory.Exists(entry) ? FilesUnder(entry) : [Path.GetRelativePath(Root, entry).Replace('\\', '/')]);
}
