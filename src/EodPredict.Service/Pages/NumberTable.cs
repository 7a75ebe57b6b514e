using EodPredict.Forecasting.Models;

namespace EodPredict.Service.Pages;

/// <summary>The numbers behind a chart.</summary>
/// <param name="Name">What its CSV is called: letters, digits and '-'.</param>
/// <param name="Caption">What it holds, for people.</param>
/// <param name="Columns">Names of the columns, as the CSV has them.</param>
/// <param name="Rows">One value a column: text, numbers, dates and instants; null where there is none.</param>
public sealed record NumberTable(string Name, string Caption, IReadOnlyList<string> Columns, IReadOnlyList<object?[]> Rows)
{
    /// <summary>Writes it as CSV: UTF-8, with a header, times in UTC.</summary>
    internal Task WriteAsync(Stream to, CancellationToken cancellationToken) =>
        ReviewTable.WriteAsync(to, Columns, Rows.ToAsyncEnumerable(), cancellationToken);
}
