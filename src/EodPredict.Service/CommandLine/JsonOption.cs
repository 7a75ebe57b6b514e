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

    /// <summary>Writes one object on a line of its own.</summary>
    public static void Write(object facts) => Console.WriteLine(JsonSerializer.Serialize(facts, Format));
}
