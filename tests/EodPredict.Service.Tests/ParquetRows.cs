using System.Globalization;
using Parquet;
using Parquet.Schema;

namespace EodPredict.Service.Tests;

/// <summary>What a Parquet file holds, as the lines of the CSV with the same rows.</summary>
internal static class ParquetRows
{
    public static async Task<string[]> ReadAsync(string path)
    {
        await using var reader = await ParquetReader.CreateAsync(path, new ParquetOptions { UseDateOnlyTypeForDates = true });
        var fields = reader.Schema.DataFields;
        var lines = new List<string> { string.Join(',', fields.Select(field => field.Name)) };
        for (var index = 0; index < reader.RowGroupCount; index++)
        {
            using var group = reader.OpenRowGroupReader(index);
            var columns = new List<string[]>();
            foreach (var field in fields)
            {
                columns.Add(await ColumnAsync(group, field));
            }

            lines.AddRange(Enumerable.Range(0, (int)group.RowCount).Select(row => string.Join(',', columns.Select(column => column[row]))));
        }

        return [.. lines];
    }

    private static async Task<string[]> ColumnAsync(ParquetRowGroupReader group, DataField field)
    {
        var type = field.ClrType;
        if (type == typeof(bool))
        {
            return [.. (await ValuesAsync<bool>(group, field, "")).Select(text => text.ToLowerInvariant())];
        }

        if (type == typeof(int))
        {
            return await ValuesAsync<int>(group, field, "");
        }

        if (type == typeof(long))
        {
            return await ValuesAsync<long>(group, field, "");
        }

        if (type == typeof(double))
        {
            return await ValuesAsync<double>(group, field, "R");
        }

        if (type == typeof(DateOnly))
        {
            return await ValuesAsync<DateOnly>(group, field, "yyyy-MM-dd");
        }

        if (type == typeof(DateTime))
        {
            return await ValuesAsync<DateTime>(group, field, "yyyy-MM-ddTHH:mm:ss.ffffffZ");
        }

        var texts = new string?[group.RowCount];
        await group.ReadAsync(field, texts.AsMemory()!);
        return [.. texts.Select(text => text ?? "")];
    }

    private static async Task<string[]> ValuesAsync<T>(ParquetRowGroupReader group, DataField field, string format)
        where T : struct
    {
        var values = new T?[group.RowCount];
        await group.ReadAsync<T>(field, values.AsMemory());
        return [.. values.Select(value => value switch
        {
            null => "",
            IFormattable known => known.ToString(format, CultureInfo.InvariantCulture),
            var known => known.ToString()!,
        })];
    }
}
