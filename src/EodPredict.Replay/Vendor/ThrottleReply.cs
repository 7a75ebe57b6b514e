namespace EodPredict.Replay.Vendor;

/// <summary>How a refusal for lack of patience looks.</summary>
public enum ThrottleReply
{
    /// <summary>429.</summary>
    TooManyRequests,

    /// <summary>200 with a note in place of the data.</summary>
    NoteInBody,
}
