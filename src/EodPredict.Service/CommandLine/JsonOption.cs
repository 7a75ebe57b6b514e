using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EodPredict.Service.CommandLine;

/// <summary>The option of every command that tells facts: as JSON for programs, one object a line, instead of text for people.</summary>
internal static class JsonOption
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DictionaryKeyPolicy = null,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public static Option<bool> Create() => new("--json") { Description = "Writes JSON for programs: one object a line, keys in snake_case." };

    /// <summary>For a command that writes data to standard output unless a file is named: the facts need it for themselves.</summary>
    public static void NeedsFile(Command command, Option<bool> json, Option<string?> file) => command.Validators.Add(result =>
    {
        if (result.GetValue(json) && result.GetValue(file) is null)
        {
            result.AddError($"--json tells facts on standard output, where the data would be: name a file with {file.Name}.");
        }
    });

    /// <summary>Writes one object on a line of its own.</summary>
    public static void Write(object facts) => Console.WriteLine(Line(facts));

    /// <summary>One object as a line, without its end.</summary>
    public static string Line(object facts) => JsonSerializer.Serialize(facts, Format);
}
