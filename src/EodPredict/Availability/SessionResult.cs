using EodPredict.Forecasting;

namespace EodPredict.Availability;

/// <summary>What the checks of one session have told by now, whichever process made them.</summary>
internal sealed record SessionResult
{
    public required string Ticker { get; init; }

    public required DateOnly SessionDate { get; init; }

    public required DateTimeOffset Close { get; init; }

    /// <summary>open, found, missed or never.</summary>
    public required string State { get; init; }

    /// <summary>When the last GET that answered "not yet" was sent; null where none did.</summary>
    public DateTimeOffset? LastNotYetAt { get; init; }

    /// <summary>When it came; null where that is not known, or never will be.</summary>
    public ArrivalInterval? Arrival { get; init; }

    /// <summary>Whether watching ended with something learned of the arrival.</summary>
    public bool IsOver => State is "found" or "missed" && Arrival is not null;
}
