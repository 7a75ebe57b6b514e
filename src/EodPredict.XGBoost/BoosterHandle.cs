using System.Runtime.InteropServices;

namespace EodPredict.XGBoost;

/// <summary>Owns a booster of libxgboost.</summary>
internal sealed class BoosterHandle : SafeHandle
{
    public BoosterHandle(nint booster)
        : base(0, ownsHandle: true) =>
        SetHandle(booster);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle() => NativeMethods.XGBoosterFree(handle) == 0;
}
