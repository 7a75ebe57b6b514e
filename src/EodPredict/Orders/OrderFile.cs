using System.Globalization;
using System.Text.Json;
using CsvHelper;

namespace EodPredict.Orders;

/// <summary>
/// Orders as CSV with a header: <c>client_key</c>, optionally <c>order_id</c> (a leased one, or empty), and either <c>payload</c> (JSON) or
/// any columns, which together become the payload, a JSON object of texts. For one use by one thread.
/// </summary>
public sealed class OrderFile
{
    private const string Key = "client_key";
    private const string Id = "order_id";
    private const string Payload = "payload";

    private static readonly CsvReaderOptions Options = new() { Separator = ',', TrackLineNumbers = true };

    private readonly string _name;
    private readonly CsvReader _csv;
    private readonly string[] _others;
    private readonly bool _hasId;

    /// <param name="text">The file, read as it goes.</param>
    /// <param name="name">What faults call it.</param>
    /// <exception cref="OrderFileException">The header lacks a column.</exception>
    public OrderFile(TextReader text, string name)
    {
        _name = name;
        _csv = CsvReader.Create(text, Options, leaveOpen: true);
        var columns = Reading(() =>
        {
            _csv.ReadHeader();
            return _csv.Headers?.ToArray() ?? [];
        });
        if (!columns.Contains(Key))
        {
            throw new OrderFileException($"{name}: the first line has to name the columns, {Key} among them.");
        }

        _hasId = columns.Contains(Id);
        _others = [.. columns.Except([Key, Id])];
    }

    /// <summary>The orders, read as they are asked for.</summary>
    /// <exception cref="OrderFileException">A line is no order; those before it have been read.</exception>
    public IEnumerable<NewOrder> Orders()
    {
        while (Reading(_csv.Read))
        {
            yield return Reading(Order);
        }
    }

    private NewOrder Order()
    {
        var key = _csv.GetString(Key);
        return key.Length > 0
            ? new NewOrder(key, _others is [Payload] ? Json() : Texts(), _hasId ? OrderId() : null)
            : throw Fault($"{Key} is empty.");
    }

    private string Texts() => JsonSerializer.Serialize(_others.ToDictionary(column => column, column => _csv.GetString(column)));

    private string Json()
    {
        var text = _csv.GetString(Payload);
        try
        {
            using var parsed = JsonDocument.Parse(text);
            return text;
        }
        catch (JsonException e)
        {
            throw Fault($"{Payload} is no JSON: {e.Message}");
        }
    }

    private long? OrderId() =>
        _csv.GetString(Id) is not { Length: > 0 } text ? null
        : long.TryParse(text, CultureInfo.InvariantCulture, out var id) ? id
        : throw Fault($"{Id} '{text}' is no number.");

    private T Reading<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (CsvFormatException e)
        {
            throw new OrderFileException($"{_name}, line {e.LineNumber}: it cannot be read as CSV: {e.Message}");
        }
    }

    private OrderFileException Fault(string text) => new($"{_name}, line {_csv.LineNumber}: {text}");
}
