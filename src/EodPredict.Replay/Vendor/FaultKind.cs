namespace EodPredict.Replay.Vendor;

/// <summary>What goes wrong with one request.</summary>
internal enum FaultKind
{
    None,
    Outage,
    Hang,
    Garbage,
    Huge,
    Reset,
    Redirect,
}
