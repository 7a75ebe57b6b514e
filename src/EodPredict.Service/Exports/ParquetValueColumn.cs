using EodPredict.Database;
using Npgsql;
using Parquet;
using Parquet.Schema;

namespace EodPredict.Service.Exports;

/// <summary>A column of numbers, dates, instants or truth values.</summary>
internal sealed class ParquetValueColumn<T>(DataField column, int ordinal) : ParquetColumn(column)
    where T : struct
{
    private readonly List<T?> _values = [];

    /// <inheritdoc/>
    public override void Add(NpgsqlDataReader reader) => _values.Add(reader.Nullable<T?>(ordinal));

    /// <inheritdoc/>
    public override async Task FlushAsync(ParquetRowGroupWriter group, CancellationToken cancellationToken)
    {
        await group.WriteAsync<T>(Field, _values.ToArray(), cancellationToken: cancellationToken);
        _values.Clear();
    }
}
