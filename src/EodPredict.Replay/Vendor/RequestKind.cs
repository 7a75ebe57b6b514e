namespace EodPredict.Replay.Vendor;

/// <summary>What a request asks for.</summary>
internal enum RequestKind
{
    Get,
    Head,
    Page,
    Item,
}
