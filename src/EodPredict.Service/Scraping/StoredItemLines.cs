using System.Buffers;
using System.Text;
using System.Text.Json;
using EodPredict.Scraping;

namespace EodPredict.Service.Scraping;

/// <summary>
/// Stored items as JSON lines: <c>id</c>, <c>status</c>, <c>content_type</c>, <c>fetched_at</c>, and the body as <c>json</c> where it is
/// JSON, as <c>text</c> where it is text, else as <c>base64</c>.
/// </summary>
internal static class StoredItemLines
{
    private const int FlushAt = 1 << 16;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="items">The items.</param>
    /// <param name="to">Where they are written; it stays open.</param>
    /// <param name="progress">Is told now and then how many have been.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>How many were written.</returns>
    public static async Task<long> WriteAsync(
        IAsyncEnumerable<StoredItem> items, Stream to, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var count = 0L;
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        await foreach (var item in items.WithCancellation(cancellationToken))
        {
            Write(json, item);
            json.Flush();
            json.Reset();
            buffer.Write("\n"u8);
            count++;
            if (buffer.WrittenCount >= FlushAt)
            {
                await to.WriteAsync(buffer.WrittenMemory, cancellationToken);
                buffer.ResetWrittenCount();
                progress?.Report(count);
            }
        }

        await to.WriteAsync(buffer.WrittenMemory, cancellationToken);
        await to.FlushAsync(cancellationToken);
        return count;
    }

    private static void Write(Utf8JsonWriter json, StoredItem item)
    {
        json.WriteStartObject();
        json.WriteString("id", item.Id);
        json.WriteNumber("status", item.Status);
        json.WriteString("content_type", item.ContentType);
        json.WriteString("fetched_at", item.FetchedAt);
        if (Parse(item) is { } document)
        {
            using (document)
            {
                json.WritePropertyName("json");
                document.RootElement.WriteTo(json);
            }
        }
        else if (Text(item.Body) is { } text)
        {
            json.WriteString("text", text);
        }
        else
        {
            json.WriteBase64String("base64", item.Body);
        }

        json.WriteEndObject();
    }

    private static JsonDocument? Parse(StoredItem item)
    {
        if (item.ContentType?.Contains("json", StringComparison.OrdinalIgnoreCase) != true)
        {
            return null;
        }

        try
        {
            return JsonDocument.Parse(item.Body);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(byte[] body)
    {
        try
        {
            var text = Strict.GetString(body);
            return text.Contains('\0', StringComparison.Ordinal) ? null : text;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
