using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;

namespace EodPredict.Forecasting.Trees;

/// <summary>
/// An ensemble as one JSON object. Numbers are written so that they are read back exactly; <c>rule</c> tells a reader without this code how
/// to predict.
/// </summary>
public static class TreeEnsembleJson
{
    private const string Format = "eod-tree-ensemble";
    private const int Version = 1;

    private const string Rule =
        "score = base_score; for each root: at = root; while at >= 0: x = row[features[at]]; "
        + "at = left[at] if x <= thresholds[at] or (x is NaN and missing_left[at]) else right[at]; score += leaves[~at]. "
        + "Leaves are added in the precision of arithmetic. With sigmoid: prediction = 1 / (1 + exp(slope * score + offset)), else the score.";

    /// <summary>The ensemble as UTF-8.</summary>
    public static byte[] Write(TreeEnsemble ensemble)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
            Write(json, ensemble.Parts);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The ensemble in <paramref name="utf8"/>.</summary>
    /// <exception cref="TreeEnsembleException">It is not JSON, another format or version, or a broken ensemble.</exception>
    public static TreeEnsemble Read(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8);
            return new TreeEnsemble(PartsOf(document.RootElement));
        }
        catch (JsonException exception)
        {
            throw new TreeEnsembleException($"not JSON, {exception.Message.TrimEnd('.')}", exception);
        }
    }

    private static void Write(Utf8JsonWriter json, TreeEnsembleParts parts)
    {
        json.WriteStartObject();
        json.WriteString("format", Format);
        json.WriteNumber("version", Version);
        json.WriteString("rule", Rule);
        json.WriteString("learner", parts.Learner);
        json.WriteNumber("feature_count", parts.FeatureCount);
        json.WriteNumber("base_score", parts.BaseScore);
        json.WriteString("arithmetic", NameOf(parts.Arithmetic));
        WriteLink(json, parts.Link);
        WriteArray(json, "roots", parts.Roots, json.WriteNumberValue);
        WriteArray(json, "features", parts.Features, json.WriteNumberValue);
        WriteArray(json, "thresholds", parts.Thresholds, json.WriteNumberValue);
        WriteArray(json, "missing_left", parts.MissingLeft, json.WriteBooleanValue);
        WriteArray(json, "left", parts.Left, json.WriteNumberValue);
        WriteArray(json, "right", parts.Right, json.WriteNumberValue);
        WriteArray(json, "gains", parts.Gains, json.WriteNumberValue);
        WriteArray(json, "leaves", parts.Leaves, json.WriteNumberValue);
        json.WriteEndObject();
    }

    private static void WriteLink(Utf8JsonWriter json, SigmoidLink? link)
    {
        if (link is null)
        {
            json.WriteNull("sigmoid");
            return;
        }

        json.WriteStartObject("sigmoid");
        json.WriteNumber("slope", link.Slope);
        json.WriteNumber("offset", link.Offset);
        json.WriteEndObject();
    }

    private static void WriteArray<T>(Utf8JsonWriter json, string name, ImmutableArray<T> values, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            write(value);
        json.WriteEndArray();
    }

    private static TreeEnsembleParts PartsOf(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw new TreeEnsembleException("not a JSON object");
        if (!root.TryGetProperty("format", out var format) || format.ValueKind != JsonValueKind.String || format.GetString() != Format)
            throw new TreeEnsembleException($"format is not {Format}");
        if (Number<int>(root, "version", TryInteger) is var version && version != Version)
            throw new TreeEnsembleException($"version {version} is unknown, this program reads version {Version}");

        return new TreeEnsembleParts
        {
            Learner = Text(root, "learner"),
            FeatureCount = Number<int>(root, "feature_count", TryInteger),
            BaseScore = Number<double>(root, "base_score", TryDouble),
            Arithmetic = ArithmeticOf(Text(root, "arithmetic")),
            Link = LinkOf(Member(root, "sigmoid")),
            Roots = Numbers<int>(root, "roots", TryInteger),
            Features = Numbers<int>(root, "features", TryInteger),
            Thresholds = Numbers<float>(root, "thresholds", TrySingle),
            MissingLeft = Numbers<bool>(root, "missing_left", TryBoolean),
            Left = Numbers<int>(root, "left", TryInteger),
            Right = Numbers<int>(root, "right", TryInteger),
            Gains = Numbers<double>(root, "gains", TryDouble),
            Leaves = Numbers<double>(root, "leaves", TryDouble),
        };
    }

    private static string NameOf(TreeArithmetic arithmetic) => arithmetic == TreeArithmetic.SinglePrecision ? "single" : "double";

    private static TreeArithmetic ArithmeticOf(string name) => name switch
    {
        "single" => TreeArithmetic.SinglePrecision,
        "double" => TreeArithmetic.DoublePrecision,
        _ => throw new TreeEnsembleException($"arithmetic is '{name}', neither single nor double"),
    };

    private static SigmoidLink? LinkOf(JsonElement sigmoid) => sigmoid.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.Object => new SigmoidLink(Number<double>(sigmoid, "slope", TryDouble), Number<double>(sigmoid, "offset", TryDouble)),
        _ => throw new TreeEnsembleException("sigmoid is neither null nor an object"),
    };

    private static JsonElement Member(JsonElement element, string name) =>
        element.TryGetProperty(name, out var member) ? member : throw new TreeEnsembleException($"{name} is missing");

    private static string Text(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.String } text
            ? text.GetString()!
            : throw new TreeEnsembleException($"{name} is not a text");

    private static T Number<T>(JsonElement element, string name, TryRead<T> read) =>
        read(Member(element, name), out var value) ? value : throw new TreeEnsembleException($"{name} is not a number of its kind");

    private static ImmutableArray<T> Numbers<T>(JsonElement element, string name, TryRead<T> read)
    {
        var array = Member(element, name);
        if (array.ValueKind != JsonValueKind.Array)
            throw new TreeEnsembleException($"{name} is not an array");

        var values = ImmutableArray.CreateBuilder<T>(array.GetArrayLength());
        foreach (var item in array.EnumerateArray())
            values.Add(read(item, out var value) ? value : throw new TreeEnsembleException($"{name}[{values.Count}] is not of its kind"));
        return values.MoveToImmutable();
    }

    private static bool TryInteger(JsonElement element, out int value)
    {
        value = 0;
        return element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out value);
    }

    private static bool TrySingle(JsonElement element, out float value)
    {
        value = 0;
        return element.ValueKind == JsonValueKind.Number && element.TryGetSingle(out value);
    }

    private static bool TryDouble(JsonElement element, out double value)
    {
        value = 0;
        return element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out value);
    }

    private static bool TryBoolean(JsonElement element, out bool value)
    {
        value = element.ValueKind == JsonValueKind.True;
        return element.ValueKind is JsonValueKind.True or JsonValueKind.False;
    }

    private delegate bool TryRead<T>(JsonElement element, out T value);
}
