using EodPredict.Database;
using EodPredict.Forecasting.Models;
using Npgsql;

namespace EodPredict.Service.Exports;

/// <summary>
/// Writes what the service has recorded, as other programs load it. Rows are written as they come: memory stays the same however many there
/// are. All are of one instant. Safe for concurrent use.
/// </summary>
internal sealed class TableExport(NpgsqlDataSource database)
{
    /// <summary>After how many rows it tells of them.</summary>
    public const int BetweenReports = 10_000;

    /// <summary>Whether anything was ever recorded of a dataset, configured or not.</summary>
    public Task<bool> KnowsAsync(string dataset, CancellationToken cancellationToken) =>
        database.Sql(
            """
            select exists (select from eod.observation where dataset = $1) or exists (select from eod.session where dataset = $1)
                or exists (select from eod.arrival where dataset = $1)
            """,
            dataset).FirstAsync<bool>(cancellationToken);

    /// <summary>Writes a table to a stream, which stays open.</summary>
    /// <param name="table">The table.</param>
    /// <param name="range">Which of its rows.</param>
    /// <param name="format">How they are written.</param>
    /// <param name="to">Where they are written.</param>
    /// <param name="progress">Is told now and then how many rows are written.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>How many rows it has.</returns>
    public async Task<long> WriteAsync(
        ExportedTable table, ExportRange range, ExportFormat format, Stream to, IProgress<long> progress, CancellationToken cancellationToken)
    {
        await using var command = database.Sql(table.Query, range.Dataset, range.From, range.To);
        // The first row of millions may take its time; an interruption ends it.
        command.CommandTimeout = 0;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (format == ExportFormat.Parquet)
        {
            return await ParquetTable.WriteAsync(to, reader, progress, cancellationToken);
        }

        var count = 0L;
        await ReviewTable.WriteAsync(
            to, [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)], Rows(), cancellationToken);
        return count;

        async IAsyncEnumerable<object?[]> Rows()
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                var row = new object?[reader.FieldCount];
                reader.GetValues(row!);
                if (++count % BetweenReports == 0)
                {
                    progress.Report(count);
                }

                yield return row;
            }
        }
    }
}
