using EodPredict.Forecasting.Trees;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EodPredict.FastTree;

/// <summary>
/// Rows as FastTree takes them. It drops rows with NaN, so a missing value becomes <see cref="Missing"/>, below every other: it goes where
/// the smallest values go. Its labels are yes or no, so a row with a label between becomes two that share its weight.
/// </summary>
internal sealed class FastTreeRows(TrainingRows rows, TreeObjective objective, CancellationToken cancellationToken)
{
    /// <summary>What stands for a missing value.</summary>
    public const float Missing = float.MinValue;

    /// <summary>The rows as columns of ML.NET, read as often as it likes.</summary>
    public IDataView ToDataView(MLContext context)
    {
        var schema = SchemaDefinition.Create(typeof(FastTreeRow));
        schema[nameof(FastTreeRow.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, rows.FeatureCount);
        return context.Data.LoadFromEnumerable(Read(), schema);
    }

    // ML.NET copies each row before it asks for the next.
    private IEnumerable<FastTreeRow> Read()
    {
        var row = new FastTreeRow { Features = new float[rows.FeatureCount] };
        for (var at = 0; at < rows.Count; at++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Impute(rows.Row(at), row.Features);
            var label = rows.Labels[at];
            row.Label = label;
            row.IsPositive = label == 1;
            var isBetween = objective == TreeObjective.Logistic && label is > 0 and < 1;
            row.Weight = isBetween ? rows.Weight(at) * (1 - label) : rows.Weight(at);
            yield return row;

            if (isBetween)
            {
                row.IsPositive = true;
                row.Weight = rows.Weight(at) * label;
                yield return row;
            }
        }
    }

    private static void Impute(ReadOnlySpan<float> from, float[] to)
    {
        for (var at = 0; at < to.Length; at++)
            to[at] = float.IsNaN(from[at]) ? Missing : from[at];
    }
}
