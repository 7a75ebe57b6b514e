using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace EodPredict.Replay.Vendor;

/// <summary>The bodies in JSON: rows of prices, errors, notes. The same content is the same bytes.</summary>
internal static class JsonAnswers
{
    private const string Json = "application/json; charset=utf-8";
    private const string NoteText = "Thank you for calling. Your key has reached its call frequency; please spread out your calls.";

    /// <summary>An object with the one property <c>error</c>.</summary>
    public static VendorAnswer Error(int status, string message) => new(status, Write(writer => WriteText(writer, "error", message)), Json);

    /// <summary>What some vendors send with status 200 where others send 429.</summary>
    public static VendorAnswer Note() => new(200, Write(writer => WriteText(writer, "Information", NoteText)), Json);

    /// <summary>An array of rows, newest first.</summary>
    public static VendorAnswer Rows(IReadOnlyList<PriceBar> bars, DateTimeOffset? publishedAt) => WithTag(bars.Count, Write(writer =>
    {
        writer.WriteStartArray();
        foreach (var bar in bars)
        {
            WriteBar(writer, bar, partial: false);
        }

        writer.WriteEndArray();
    }), publishedAt);

    /// <summary>An array of one row that has its open alone.</summary>
    public static VendorAnswer PartialRow(PriceBar bar, DateTimeOffset publishedAt) => WithTag(1, Write(writer =>
    {
        writer.WriteStartArray();
        WriteBar(writer, bar, partial: true);
        writer.WriteEndArray();
    }), publishedAt);

    /// <summary>The item of /items/{id}: some facts drawn from its id.</summary>
    public static VendorAnswer Item(string id, SeededChance chance) => new(200, Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("id", id);
        writer.WriteString("name", $"Item {id}");
        writer.WriteNumber("value", Math.Round((decimal)(1000 * chance.Draw("item", id)), 4));
        writer.WriteString("checksum", Tag(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{chance.Seed}/{id}"))));
        writer.WriteEndObject();
    }), Json) { Found = true };

    /// <summary>The account: what was asked and what it costs.</summary>
    public static VendorAnswer Account(VendorUsage usage) => new(200, Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteNumber("gets", usage.Gets);
        writer.WriteNumber("heads", usage.Heads);
        writer.WriteNumber("pages", usage.Pages);
        writer.WriteNumber("items", usage.Items);
        writer.WriteNumber("found", usage.Found);
        writer.WriteNumber("throttled", usage.Throttled);
        writer.WriteNumber("refused", usage.Refused);
        writer.WriteNumber("faults", usage.Faults);
        writer.WriteNumber("cost", usage.Cost);
        writer.WriteStartArray("sessions");
        foreach (var session in usage.Sessions)
        {
            writer.WriteStartObject();
            writer.WriteString("ticker", session.Ticker);
            writer.WriteString("session_date", session.SessionDate is { } date ? Day(date) : null);
            writer.WriteNumber("gets", session.Gets);
            writer.WriteNumber("found", session.Found);
            writer.WriteNumber("heads", session.Heads);
            writer.WriteNumber("pages", session.Pages);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }), Json);

    private static VendorAnswer WithTag(int rows, byte[] body, DateTimeOffset? publishedAt) =>
        new(200, body, Json) { EntityTag = rows > 0 ? $"\"{Tag(body)}\"" : null, LastModified = publishedAt };

    private static string Tag(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 12));

    private static string Day(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static void WriteBar(Utf8JsonWriter writer, PriceBar bar, bool partial)
    {
        writer.WriteStartObject();
        writer.WriteString("ticker", bar.Ticker);
        writer.WriteString("date", Day(bar.Date));
        writer.WriteNumber("open", bar.Open);
        WritePrice(writer, "high", partial ? null : bar.High);
        WritePrice(writer, "low", partial ? null : bar.Low);
        WritePrice(writer, "close", partial ? null : bar.Close);
        WritePrice(writer, "volume", partial ? null : bar.Volume);
        writer.WriteEndObject();
    }

    private static void WritePrice(Utf8JsonWriter writer, string name, decimal? value)
    {
        if (value is { } known)
        {
            writer.WriteNumber(name, known);
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string text)
    {
        writer.WriteStartObject();
        writer.WriteString(name, text);
        writer.WriteEndObject();
    }

    private static byte[] Write(Action<Utf8JsonWriter> content)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            content(writer);
        }

        return stream.ToArray();
    }
}
