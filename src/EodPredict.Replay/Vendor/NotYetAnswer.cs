namespace EodPredict.Replay.Vendor;

/// <summary>How a vendor answers a GET for data that has not arrived.</summary>
public enum NotYetAnswer
{
    /// <summary>404 with an error in JSON.</summary>
    NotFound,

    /// <summary>200 with an empty array.</summary>
    Empty,

    /// <summary>200 with the newest row there is, of an earlier session date; an empty array where there is none.</summary>
    Stale,

    /// <summary>One of the others for each ticker and session date, drawn by the seed.</summary>
    Mixed,
}
