using EodPredict.Forecasting.Trees;

namespace EodPredict.XGBoost;

/// <summary>Rows in the memory of libxgboost, which keeps a copy.</summary>
internal sealed unsafe class Matrix : IDisposable
{
    private Matrix(nint matrix) => Handle = new MatrixHandle(matrix);

    public MatrixHandle Handle { get; }

    /// <summary>The features, labels and weights of the rows, without their later block.</summary>
    public static Matrix Of(TrainingRows rows)
    {
        var matrix = Of(rows.Features, rows.FeatureCount);
        try
        {
            matrix.Set("label", rows.Labels);
            if (!rows.Weights.IsEmpty)
                matrix.Set("weight", rows.Weights);
            return matrix;
        }
        catch
        {
            matrix.Dispose();
            throw;
        }
    }

    /// <summary>Features alone, row after row.</summary>
    public static Matrix Of(ReadOnlySpan<float> features, int featureCount)
    {
        fixed (float* values = features)
        {
            var rows = (ulong)(features.Length / featureCount);
            XGBoostLibrary.Check(NativeMethods.XGDMatrixCreateFromMat(values, rows, (ulong)featureCount, float.NaN, out var matrix));
            return new Matrix(matrix);
        }
    }

    public void Dispose() => Handle.Dispose();

    private void Set(string field, ReadOnlySpan<float> numbers)
    {
        fixed (float* values = numbers)
            XGBoostLibrary.Check(NativeMethods.XGDMatrixSetFloatInfo(Handle, field, values, (ulong)numbers.Length));
    }
}
