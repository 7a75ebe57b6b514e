using Npgsql;
using Parquet;
using Parquet.Schema;

namespace EodPredict.Service.Exports;

/// <summary>A query's rows as Parquet, compressed by Snappy; every column may be null.</summary>
internal static class ParquetTable
{
    // Columns are written group by group: so many rows are held in memory.
    private const int GroupSize = 50_000;

    /// <summary>Writes them to a stream, which stays open.</summary>
    /// <returns>How many rows there were.</returns>
    public static async Task<long> WriteAsync(
        Stream to, NpgsqlDataReader reader, IProgress<long> progress, CancellationToken cancellationToken)
    {
        ParquetColumn[] columns = [.. Enumerable.Range(0, reader.FieldCount).Select(ordinal => Column(reader, ordinal))];
        await using var writer = await ParquetWriter.CreateAsync(
            new ParquetSchema(columns.Select(Field (column) => column.Field)), to, cancellationToken: cancellationToken);
        var (count, held) = (0L, 0);
        while (await reader.ReadAsync(cancellationToken))
        {
            foreach (var column in columns)
            {
                column.Add(reader);
            }

            if (++count % TableExport.BetweenReports == 0)
            {
                progress.Report(count);
            }

            if (++held == GroupSize)
            {
                await FlushAsync();
            }
        }

        if (held > 0)
        {
            await FlushAsync();
        }

        return count;

        async Task FlushAsync()
        {
            using var group = writer.CreateRowGroup();
            foreach (var column in columns)
            {
                await column.FlushAsync(group, cancellationToken);
            }

            group.CompleteValidate();
            held = 0;
        }
    }

    private static ParquetColumn Column(NpgsqlDataReader reader, int ordinal)
    {
        var (name, type) = (reader.GetName(ordinal), reader.GetDataTypeName(ordinal));
        return type switch
        {
            "text" => new ParquetTextColumn(name, ordinal),
            "boolean" => Values<bool>(),
            "integer" => Values<int>(),
            "bigint" => Values<long>(),
            "double precision" => Values<double>(),
            "date" => Values<DateOnly>(),
            "timestamp with time zone" => new ParquetValueColumn<DateTime>(
                new DateTimeDataField(
                    name, DateTimeFormat.Timestamp, isAdjustedToUTC: true, DateTimeTimeUnit.Micros, isNullable: true),
                ordinal),
            _ => throw new NotSupportedException($"Column {name} is of the type {type}, which no exported table has."),
        };

        ParquetValueColumn<T> Values<T>()
            where T : struct =>
            new(new DataField<T>(name, nullable: true), ordinal);
    }
}
