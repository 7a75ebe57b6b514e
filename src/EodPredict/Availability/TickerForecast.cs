using EodPredict.Forecasting;
using EodPredict.Providers;

namespace EodPredict.Availability;

/// <summary>What is expected of one session of one ticker.</summary>
public sealed record TickerForecast
{
    /// <summary>The law, knowing what checks of this session have answered so far.</summary>
    public required ArrivalLaw Law { get; init; }

    /// <summary>How many earlier sessions it was made from.</summary>
    public required int SessionsKnown { get; init; }

    /// <summary>open, found, missed or never, as <c>eod.session</c> spells it; null where the session has not been opened.</summary>
    public required string? State { get; init; }

    /// <summary>When the session's data was in hand; null where it is not.</summary>
    public DateTimeOffset? FoundAt { get; init; }

    /// <summary>When the next check is made, or would be; null where the session is over.</summary>
    public DateTimeOffset? NextCheckAt { get; init; }

    /// <summary>How it asks.</summary>
    public CheckMethod? NextMethod { get; init; }

    /// <summary>Why then, in a sentence for people.</summary>
    public string? NextCheckWhy { get; init; }

    /// <summary>What the next check is decided by; null where the session is over.</summary>
    public CheckLaw? Grounds { get; init; }

    /// <summary>
    /// What each instant at which the next GET can be made is expected to cost. Of a session that is over: after its last "not yet", by
    /// what is kept of its first law.
    /// </summary>
    public IReadOnlyList<CheckCandidate> Candidates { get; init; } = [];
}
