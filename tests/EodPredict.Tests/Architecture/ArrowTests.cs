using System.Text.RegularExpressions;
using System.Xml.Linq;
using EodPredict.Database;

namespace EodPredict.Tests.Architecture;

/// <summary>The arrows between projects and between the slices of src/EodPredict point one way.</summary>
public sealed class ArrowTests
{
    // Database and Jobs are shared: every slice may name them, and they name none.
    private static readonly string[] Shared = ["Database", "Jobs"];

    private static readonly Dictionary<string, string[]> MayName = new()
    {
        ["Providers"] = [],
        ["Forecasting"] = ["Providers"],
        ["Availability"] = ["Forecasting", "Providers"],
        ["Scraping"] = ["Forecasting", "Providers"],
        ["Orders"] = [],
        ["Access"] = [],
        ["Database"] = [],
        ["Jobs"] = [],
    };

    private static readonly string[] Engines = ["EodPredict.Hangfire", "EodPredict.Quartz", "EodPredict.FastTree", "EodPredict.XGBoost"];

    [Fact]
    public void Compiled_slices_name_only_the_slices_below_them() =>
        Repository.AssertNone(
            "A slice names one that it must not know:",
            from type in typeof(DatabaseMigrations).Assembly.GetTypes()
            let slice = Slice(type)
            where slice is not null
            from named in TypeReferences.Of(type)
            let other = Slice(named)
            where other is not null && !Allows(slice, other)
            select $"{type.FullName} ({slice}) names {named.FullName} ({other})");

    // Constants, nameof and documentation leave no trace in what is compiled.
    [Fact]
    public void Sources_of_a_slice_spell_out_only_the_slices_below_them() =>
        Repository.AssertNone(
            "A slice spells out one that it must not know:",
            from slice in MayName.Keys
            from other in MayName.Keys
            where !Allows(slice, other)
            from match in Repository.Matches(
                Repository.Sources.Where(file => file.StartsWith($"src/EodPredict/{slice}/", StringComparison.Ordinal)),
                new Regex($@"\bEodPredict\.{other}\b|\bcref=""{other}\."))
            select match);

    [Fact]
    public void Every_folder_of_the_core_is_a_slice_of_the_design() =>
        Repository.AssertNone(
            "A source file of the core lies in no slice:",
            Repository.Sources.Where(file => file.StartsWith("src/EodPredict/", StringComparison.Ordinal) && !MayName.ContainsKey(file.Split('/')[2])));

    [Fact]
    public void Projects_point_from_the_service_to_the_engines_to_the_core() =>
        Repository.AssertNone(
            "A project refers to one that it must not know:",
            from project in Projects()
            from reference in References(project, "ProjectReference")
            let name = Path.GetFileNameWithoutExtension(reference)
            where !ProjectMayName(Path.GetFileNameWithoutExtension(project), name)
            select $"{project} refers to {name}");

    [Fact]
    public void An_engine_s_packages_belong_to_its_project_alone() =>
        Repository.AssertNone(
            "A project other than the engine's own takes its packages:",
            from project in Projects()
            from package in References(project, "PackageReference")
            let engine = package.Split('.') switch
            {
                ["Hangfire", ..] => "EodPredict.Hangfire",
                ["Quartz", ..] => "EodPredict.Quartz",
                ["Microsoft", "ML", ..] => "EodPredict.FastTree",
                _ => null,
            }
            where engine is not null && Path.GetFileNameWithoutExtension(project) != engine
            select $"{project} takes {package}");

    [Fact]
    public void Only_the_composition_root_is_compiled_by_condition() =>
        Repository.AssertNone(
            "Only src/EodPredict.Service may depend on which engines were chosen:",
            Repository.Matches(
                Repository.Sources.Where(file => !file.StartsWith("src/EodPredict.Service/", StringComparison.Ordinal)),
                new Regex(@"^\s*#(if|elif)\b.*")));

    private static bool Allows(string slice, string other) =>
        slice == other || Shared.Contains(other) || MayName[slice].Contains(other);

    // Compiler-made types, as of regular expressions and collection expressions, live outside the core's namespaces.
    private static string? Slice(Type type)
    {
        var outermost = type;
        while (outermost.DeclaringType is { } declaring)
        {
            outermost = declaring;
        }

        return outermost.Assembly == typeof(DatabaseMigrations).Assembly
            && outermost.Namespace?.Split('.') is ["EodPredict", var slice, ..] && MayName.ContainsKey(slice) ? slice : null;
    }

    private static bool ProjectMayName(string project, string other) => project switch
    {
        "EodPredict" => false,
        "EodPredict.Replay" => other == "EodPredict",
        "EodPredict.Service" => !other.EndsWith("Tests", StringComparison.Ordinal),
        _ when Engines.Contains(project) => other == "EodPredict",
        _ => true,
    };

    private static IEnumerable<string> Projects() => Repository.Files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal));

    private static IEnumerable<string> References(string project, string item) =>
        XDocument.Load(Path.Combine(Repository.Root, project)).Descendants(item).Select(reference => (string?)reference.Attribute("Include") ?? "");
}
