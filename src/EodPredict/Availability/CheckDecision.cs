using EodPredict.Forecasting;

namespace EodPredict.Availability;

/// <summary>What a session does next after a reply.</summary>
internal abstract record CheckDecision
{
    /// <summary>The data is there; the arrival lies in this interval.</summary>
    internal sealed record Found(ArrivalInterval Interval) : CheckDecision;

    /// <summary>It was not there: the law is cut at what is known now, and planned anew.</summary>
    internal sealed record Replan(OpenSession Known) : CheckDecision;

    /// <summary>The reply said nothing about the data: the same check again at an instant.</summary>
    internal sealed record Retry(DateTimeOffset At, OpenSession Known) : CheckDecision;

    /// <summary>The provider asked for patience, or refused the key: it is left alone for a while, for every session.</summary>
    internal sealed record Hold : CheckDecision;

    /// <summary>Watching ends without the data; the state is <c>missed</c> or <c>never</c>.</summary>
    internal sealed record GiveUp(string State, OpenSession Known) : CheckDecision;
}
