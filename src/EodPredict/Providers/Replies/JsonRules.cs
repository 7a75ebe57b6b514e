using System.Text.Json;

namespace EodPredict.Providers.Replies;

/// <summary>Rows in JSON: the elements of an array, one object, or the members of an object whose names are the dates.</summary>
internal sealed record JsonRules : BodyRules
{
    /// <summary>From the whole reply to its rows.</summary>
    public required JsonPointer Rows { get; init; }

    /// <summary>From a row to its date; null where rows have none or are named by it.</summary>
    public JsonPointer? Date { get; init; }

    /// <summary>Whether <see cref="Rows"/> is an object whose member names are the dates and whose values are the rows.</summary>
    public bool DatesAreNames { get; init; }

    /// <summary>From a row to the numbers that must be there.</summary>
    public required IReadOnlyList<JsonPointer> Required { get; init; }

    public override ReplyRows Read(ReadOnlyMemory<byte> body, ReplyQuestion question, DateRule? dates, CancellationToken stop)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(LenientJson.Clean(body));
        }
        catch (JsonException fault)
        {
            return new ReplyRows { Unreadable = $"no JSON (line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1})" };
        }

        using (document)
        {
            try
            {
                return Rows.Find(document.RootElement) is { } place
                    ? new ReplyRows { Rows = [.. RowsIn(place, dates)] }
                    : new ReplyRows { Absent = $"the rows at '{Rows}'" };
            }
            catch (InvalidOperationException)
            {
                // What System.Text.Json says to half a surrogate pair in a name or a text.
                return new ReplyRows { Unreadable = "JSON with text that is no Unicode" };
            }
        }
    }

    private IEnumerable<ReplyRow> RowsIn(JsonElement place, DateRule? dates) => place.ValueKind switch
    {
        JsonValueKind.Null => [],
        JsonValueKind.Object when DatesAreNames =>
            place.EnumerateObject().Select(member => new ReplyRow(dates?.Read(member.Name), Lacking(member.Value))),
        JsonValueKind.Array => place.EnumerateArray().Where(row => row.ValueKind != JsonValueKind.Null).Select(row => Row(row, dates)),
        _ => [Row(place, dates)],
    };

    private ReplyRow Row(JsonElement row, DateRule? dates) => new(Date is null ? null : dates?.Read(Text(Date.Find(row))), Lacking(row));

    private string? Lacking(JsonElement row) => Required.FirstOrDefault(field => !RequiredNumber.IsIn(Text(field.Find(row))))?.ToString();

    private static string? Text(JsonElement? value) => value switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };
}
