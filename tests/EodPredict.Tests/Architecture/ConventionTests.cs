using System.Text.RegularExpressions;

namespace EodPredict.Tests.Architecture;

/// <summary>What a reader may rely on in every file.</summary>
public sealed partial class ConventionTests
{
    private const int LongestFile = 350;
    private const long LargestText = 1 << 20;

    private static readonly string[] Code = [".cs", ".sql", ".csproj", ".props", ".targets", ".sh", ".css", ".js", ".py", ""];

    [Fact]
    public void A_file_holds_one_type_and_is_named_after_it() =>
        Repository.AssertNone(
            "One top-level type a file, and the file is named after it:",
            from file in Repository.Sources
            let types = TopLevelTypes(file)
            where types.Length > 0 && (types.Length > 1 || types[0] != Path.GetFileName(file).Split('.')[0])
            select $"{file} holds {string.Join(", ", types)}");

    [Fact]
    public void A_namespace_is_its_folder() =>
        Repository.AssertNone(
            "The namespace is the project's name and the folders below it:",
            from file in Repository.Sources
            let space = Repository.Lines(file).Select(line => Namespace().Match(line)).FirstOrDefault(match => match.Success)?.Groups[1].Value
            let folders = file.Split('/')[1..^1]
            where space is not null && space != string.Join('.', folders)
            select $"{file} is in {space}");

    [Fact]
    public void A_file_of_code_is_at_most_350_lines_long() =>
        Repository.AssertNone(
            "Too long; find the part that stands by itself:",
            from file in Repository.Files
            where Code.Contains(Path.GetExtension(file)) && IsText(file)
            let lines = Repository.Lines(file).Length
            where lines > LongestFile
            select $"{file}: {lines} lines");

    [Fact]
    public void A_name_says_what_a_type_is_for() =>
        Repository.AssertNone(
            "A name that fits everything says nothing:",
            from file in Repository.Sources
            from type in TopLevelTypes(file)
            where EmptyName().IsMatch(type)
            select $"{file}: {type}");

    [Fact]
    public void No_file_names_a_machine_s_paths_or_leaves_work_for_later() =>
        Repository.AssertNone("Not for the repository:", Repository.Matches(Repository.Files.Where(IsText), Unwanted()));

    private static string[] TopLevelTypes(string file) =>
        [.. Repository.Lines(file).Select(line => TypeDeclaration().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value)];

    private static bool IsText(string file)
    {
        var path = new FileInfo(Path.Combine(Repository.Root, file));
        if (path.Length > LargestText)
        {
            return false;
        }

        using var stream = path.OpenRead();
        Span<byte> start = stackalloc byte[4096];
        return !start[..stream.Read(start)].Contains((byte)0);
    }

    // Below a file-scoped namespace, a declaration without indentation is at the top level.
    [GeneratedRegex(@"^(?:\[.*\]\s*)?(?:(?:public|internal|file|sealed|static|abstract|readonly|partial|ref|unsafe)\s+)*" +
        @"(?:class|struct|interface|enum|record(?:\s+(?:class|struct))?|delegate\s+[^(]+?)\s+(\w+)\s*(?:[<({:;,]|where\b|$)")]
    private static partial Regex TypeDeclaration();

    [GeneratedRegex(@"^namespace ([\w.]+)")]
    private static partial Regex Namespace();

    [GeneratedRegex("(?:Manager|Helpers?|Util|Utils|Utility|Utilities|Common|Impl)$")]
    private static partial Regex EmptyName();

    // The brackets keep the pattern from finding itself.
    [GeneratedRegex(@"/[w]ork/|/[r]oot/|/[t]mp/(?:trees|bash)|\.\./[s]hared/|\b[T]ODO\b|\b[F]IXME\b|\b[H]ACK\b|#[r]egion\b")]
    private static partial Regex Unwanted();
}
