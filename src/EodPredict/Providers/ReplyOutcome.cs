namespace EodPredict.Providers;

/// <summary>What one call to a provider told. Only <see cref="NotYet"/>, <see cref="Partial"/> and <see cref="Stale"/> say that the data was not there.</summary>
public enum ReplyOutcome
{
    /// <summary>The data of the session date is there, whole.</summary>
    Available,

    /// <summary>The row of the session date is there, but a required field is missing or not a number.</summary>
    Partial,

    /// <summary>There is data, but of an earlier session date.</summary>
    Stale,

    /// <summary>The provider says that there is nothing yet.</summary>
    NotYet,

    /// <summary>There will never be anything: the ticker is unknown or dead.</summary>
    Never,

    /// <summary>The provider asks for patience; it says nothing about the data.</summary>
    Throttled,

    /// <summary>The provider does not accept the key (401, 403); it says nothing about the data.</summary>
    Refused,

    /// <summary>No reply, or one that no rule understands; it says nothing about the data.</summary>
    Broken,
}
