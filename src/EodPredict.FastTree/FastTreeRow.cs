using Microsoft.ML.Data;

namespace EodPredict.FastTree;

/// <summary>One row as ML.NET reads it by reflection.</summary>
internal sealed class FastTreeRow
{
    public required float[] Features { get; init; }

    public float Label { get; set; }

    [ColumnName("IsPositive")]
    public bool IsPositive { get; set; }

    public float Weight { get; set; }
}
