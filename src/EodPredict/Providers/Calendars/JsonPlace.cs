using System.Text;
using System.Text.Json;

namespace EodPredict.Providers.Calendars;

/// <summary>A JSON value that remembers the line it stands on, so that a fault found later can name its place.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Kind">What the value starts with.</param>
/// <param name="Text">The value of a string, number or literal; empty for others.</param>
/// <param name="Items">What an array holds.</param>
/// <param name="Members">What an object holds, in order; a name may stand twice.</param>
internal sealed record JsonPlace(
    int Line, JsonTokenType Kind, string Text, IReadOnlyList<JsonPlace> Items, IReadOnlyList<KeyValuePair<string, JsonPlace>> Members)
{
    private static readonly JsonReaderOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, MaxDepth = 16 };

    /// <summary>Reads the one value in <paramref name="utf8"/>. Comments are skipped.</summary>
    /// <exception cref="JsonException">It is not JSON; the exception knows the line, from 0.</exception>
    public static JsonPlace Parse(ReadOnlySpan<byte> utf8)
    {
        var byteOrderMark = Encoding.UTF8.Preamble;
        var lines = new LineCounter(utf8.StartsWith(byteOrderMark) ? utf8[byteOrderMark.Length..] : utf8);
        var reader = new Utf8JsonReader(lines.Text, Options);
        reader.Read();
        var root = Read(ref reader, ref lines);
        reader.Read();
        return root;
    }

    private static JsonPlace Read(ref Utf8JsonReader reader, ref LineCounter lines)
    {
        var line = lines.LineAt((int)reader.TokenStartIndex);
        var kind = reader.TokenType;
        if (kind == JsonTokenType.StartArray)
        {
            var items = new List<JsonPlace>();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                items.Add(Read(ref reader, ref lines));
            return new JsonPlace(line, kind, "", items, []);
        }

        if (kind == JsonTokenType.StartObject)
        {
            var members = new List<KeyValuePair<string, JsonPlace>>();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
            {
                var name = reader.GetString()!;
                reader.Read();
                members.Add(new(name, Read(ref reader, ref lines)));
            }

            return new JsonPlace(line, kind, "", [], members);
        }

        var text = kind == JsonTokenType.String ? reader.GetString()! : Encoding.UTF8.GetString(reader.ValueSpan);
        return new JsonPlace(line, kind, text, [], []);
    }

    private ref struct LineCounter(ReadOnlySpan<byte> text)
    {
        private int _offset;
        private int _line = 1;

        public ReadOnlySpan<byte> Text { get; } = text;

        public int LineAt(int offset)
        {
            _line += Text[_offset..offset].Count((byte)'\n');
            _offset = offset;
            return _line;
        }
    }
}
