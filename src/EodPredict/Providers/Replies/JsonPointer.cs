using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace EodPredict.Providers.Replies;

/// <summary>A JSON pointer (RFC 6901): "" is the whole value, "/a/0" the first element of its member "a".</summary>
internal sealed class JsonPointer
{
    private readonly string _text;
    private readonly string[] _steps;

    private JsonPointer(string text, string[] steps) => (_text, _steps) = (text, steps);

    public static JsonPointer Whole { get; } = new("", []);

    public static bool TryParse(string text, [NotNullWhen(true)] out JsonPointer? pointer)
    {
        pointer = null;
        if (text.Length > 0 && text[0] != '/') return false;

        for (var i = text.IndexOf('~', StringComparison.Ordinal); i >= 0; i = text.IndexOf('~', i + 1))
        {
            if (i + 1 == text.Length || text[i + 1] is not ('0' or '1')) return false;
        }

        var steps = text.Length == 0 ? [] : text[1..].Split('/')
            .Select(step => step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)).ToArray();
        pointer = new JsonPointer(text, steps);
        return true;
    }

    /// <summary>What it points to; null where that is not there.</summary>
    public JsonElement? Find(JsonElement from)
    {
        var found = from;
        foreach (var step in _steps)
        {
            if (found.ValueKind == JsonValueKind.Object && found.TryGetProperty(step, out var member))
            {
                found = member;
            }
            else if (found.ValueKind == JsonValueKind.Array
                && int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < found.GetArrayLength())
            {
                found = found[index];
            }
            else
            {
                return null;
            }
        }

        return found;
    }

    public override string ToString() => _text;
}
