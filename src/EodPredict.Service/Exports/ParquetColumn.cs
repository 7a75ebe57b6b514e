using Npgsql;
using Parquet;
using Parquet.Schema;

namespace EodPredict.Service.Exports;

/// <summary>The values of one column that were read and not written yet.</summary>
internal abstract class ParquetColumn(DataField column)
{
    /// <summary>Its name and type in the file.</summary>
    public DataField Field => column;

    /// <summary>Takes the value of the row at which the reader stands.</summary>
    public abstract void Add(NpgsqlDataReader reader);

    /// <summary>Writes what it holds as the next column of a group, and holds nothing.</summary>
    public abstract Task FlushAsync(ParquetRowGroupWriter group, CancellationToken cancellationToken);
}
