using System.Globalization;
using CsvHelper;

namespace EodPredict.Forecasting.Models;

/// <summary>A table as CSV with a header, UTF-8, a point in numbers, times in UTC, nothing where there is no value.</summary>
public static class ReviewTable
{
    /// <summary>Writes it to a file, over what is there.</summary>
    internal static async Task WriteAsync(
        string path, IReadOnlyList<string> header, IAsyncEnumerable<object?[]> rows, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write);
        await WriteAsync(file, header, rows, cancellationToken);
    }

    /// <summary>Writes it to a stream, which stays open.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="header">The names of the columns.</param>
    /// <param name="rows">One value a column.</param>
    /// <param name="cancellationToken">Stops in the middle.</param>
    public static async Task WriteAsync(
        Stream to, IReadOnlyList<string> header, IAsyncEnumerable<object?[]> rows, CancellationToken cancellationToken)
    {
        await using var text = new StreamWriter(to, leaveOpen: true) { NewLine = "\n" };
        await using var csv = CsvWriter.Create(text, new CsvWriterOptions(), true);
        await csv.WriteRecordAsync([.. header], cancellationToken);
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            await csv.WriteRecordAsync(Array.ConvertAll(row, Text), cancellationToken);
        }
    }

    private static string Text(object? value) => value switch
    {
        null or DBNull => "",
        bool truth => truth ? "true" : "false",
        double number => double.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture) : "",
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime time => time.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture),
        DateTimeOffset time => Text(time.UtcDateTime),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
