using System.Globalization;

namespace EodPredict.XGBoost;

/// <summary>A model in the memory of libxgboost. For one thread.</summary>
internal sealed unsafe class Booster : IDisposable
{
    private readonly BoosterHandle _handle;

    /// <summary>A model without trees. Predictions for the matrices, which must live as long, are kept up tree by tree.</summary>
    public Booster(IReadOnlyList<Matrix> matrices, IReadOnlyDictionary<string, string> parameters)
    {
        var handles = matrices.Select(matrix => matrix.Handle.DangerousGetHandle()).ToArray();
        fixed (nint* first = handles)
        {
            XGBoostLibrary.Check(NativeMethods.XGBoosterCreate(first, (ulong)handles.Length, out var booster));
            _handle = new BoosterHandle(booster);
        }

        GC.KeepAlive(matrices);
        try
        {
            foreach (var (name, value) in parameters)
                XGBoostLibrary.Check(NativeMethods.XGBoosterSetParam(_handle, name, value));
        }
        catch
        {
            _handle.Dispose();
            throw;
        }
    }

    /// <summary>Adds tree number <paramref name="tree"/>, from 0.</summary>
    public void Grow(int tree, Matrix rows) => XGBoostLibrary.Check(NativeMethods.XGBoosterUpdateOneIter(_handle, tree, rows.Handle));

    /// <summary>The scores before the link, of every tree.</summary>
    public double[] Scores(Matrix rows) => Array.ConvertAll(Ask(rows, type: 1, trees: 0), score => (double)score);

    /// <summary>The predictions of the first <paramref name="trees"/> trees.</summary>
    public float[] Predictions(Matrix rows, int trees) => Ask(rows, type: 0, trees);

    /// <summary>The model as XGBoost's JSON.</summary>
    public byte[] Save()
    {
        XGBoostLibrary.Check(NativeMethods.XGBoosterSaveModelToBuffer(_handle, """{"format":"json"}""", out var length, out var bytes));
        return new ReadOnlySpan<byte>(bytes, checked((int)length)).ToArray();
    }

    public void Dispose() => _handle.Dispose();

    private float[] Ask(Matrix rows, int type, int trees)
    {
        var options = string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"type":{{type}},"training":false,"iteration_begin":0,"iteration_end":{{trees}},"strict_shape":true}""");
        XGBoostLibrary.Check(
            NativeMethods.XGBoosterPredictFromDMatrix(_handle, rows.Handle, options, out var shape, out _, out var result));
        return new ReadOnlySpan<float>(result, checked((int)shape[0])).ToArray();
    }
}
