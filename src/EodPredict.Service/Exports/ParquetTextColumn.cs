using EodPredict.Database;
using Npgsql;
using Parquet;
using Parquet.Schema;

namespace EodPredict.Service.Exports;

/// <summary>A column of text.</summary>
internal sealed class ParquetTextColumn(string name, int ordinal) : ParquetColumn(new DataField<string>(name, nullable: true))
{
    private readonly List<string?> _values = [];

    /// <inheritdoc/>
    public override void Add(NpgsqlDataReader reader) => _values.Add(reader.Nullable<string>(ordinal));

    /// <inheritdoc/>
    public override async Task FlushAsync(ParquetRowGroupWriter group, CancellationToken cancellationToken)
    {
        await group.WriteAsync(Field, _values!);
        _values.Clear();
    }
}
