using EodPredict.Forecasting;
using EodPredict.Providers;

namespace EodPredict.Availability;

/// <summary>A session that this process has leased for a check.</summary>
internal sealed record OpenSession
{
    public required long Id { get; init; }

    public required string Dataset { get; init; }

    public required string Ticker { get; init; }

    public required DateOnly SessionDate { get; init; }

    public required DateTimeOffset Close { get; init; }

    /// <summary>When the last GET that answered "not yet" was sent; null where none did.</summary>
    public DateTimeOffset? LastNotYetAt { get; init; }

    /// <summary>When the last cheap signal that said no was sent; null where none did.</summary>
    public DateTimeOffset? LastNoAt { get; init; }

    /// <summary>How the planned check asks.</summary>
    public required CheckMethod Method { get; init; }

    /// <summary>Why the check was planned for then; empty where none was.</summary>
    public string Why { get; init; } = "";

    /// <summary>Broken replies in a row.</summary>
    public int Failures { get; init; }

    /// <summary>What its checks have told by now.</summary>
    /// <param name="state">open, found, missed or never.</param>
    /// <param name="arrival">When it came, where that is known.</param>
    public SessionResult Result(string state, ArrivalInterval? arrival = null) => new()
    {
        Ticker = Ticker, SessionDate = SessionDate, Close = Close, State = state, LastNotYetAt = LastNotYetAt, Arrival = arrival,
    };
}
