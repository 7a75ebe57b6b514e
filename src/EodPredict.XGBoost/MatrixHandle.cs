using System.Runtime.InteropServices;

namespace EodPredict.XGBoost;

/// <summary>Owns a matrix of libxgboost.</summary>
internal sealed class MatrixHandle : SafeHandle
{
    public MatrixHandle(nint matrix)
        : base(0, ownsHandle: true) =>
        SetHandle(matrix);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle() => NativeMethods.XGDMatrixFree(handle) == 0;
}
