using EodPredict.Availability;

namespace EodPredict.Service.Pages.Why;

/// <summary>What the page about one session shows.</summary>
public sealed record WhyContent : PageContent
{
    public required string Dataset { get; init; }

    public required string Ticker { get; init; }

    public required DateOnly SessionDate { get; init; }

    public required DateTimeOffset CloseAt { get; init; }

    public required DateTimeOffset Now { get; init; }

    public required string State { get; init; }

    public required int Gets { get; init; }

    public DateTimeOffset? FoundAt { get; init; }

    public DateTimeOffset? LastNotYetAt { get; init; }

    public DateTimeOffset? NextCheckAt { get; init; }

    public string? NextMethod { get; init; }

    public string? NextCheckWhy { get; init; }

    public DateTimeOffset? ArrivedAfter { get; init; }

    public DateTimeOffset? ArrivedBy { get; init; }

    /// <summary>Minutes since the close by which 5, 25, 50, 75 and 95% of the first law had arrived; may be empty.</summary>
    public required IReadOnlyList<double> FirstLaw { get; init; }

    /// <summary>
    /// The law now, as (minutes since the close, probability of having arrived); empty where it is over, or not configured any more.
    /// </summary>
    public IReadOnlyList<(double Minutes, double Probability)> LawNow { get; init; } = [];

    /// <summary>What the next GET would cost at each instant; empty where nothing can be planned.</summary>
    public IReadOnlyList<CheckCandidate> Candidates { get; init; } = [];

    /// <summary>How many earlier sessions the law was made from; null where it was not made.</summary>
    public int? SessionsKnown { get; init; }

    public required IReadOnlyList<WhyCall> Calls { get; init; }

    /// <summary>The tickers it goes with, and what they told that day.</summary>
    public required IReadOnlyList<WhyCompanion> Companions { get; init; }

    /// <summary>Its earlier arrivals, the newest first.</summary>
    public required IReadOnlyList<WhyArrival> Past { get; init; }

    public bool IsOpen => State == "open";

    /// <summary>When the next check is; of a session that is over, when its last GET was sent. In minutes since the close.</summary>
    public double? DecidedMinutes =>
        (IsOpen ? NextCheckAt : Calls.LastOrDefault(call => call.Method == "GET")?.At ?? FoundAt) is { } at
            ? (at - CloseAt).TotalMinutes : null;

    public NumberTable LawNumbers => new(
        "law", "The probability of having arrived, by minutes since the close", ["law", "minutes", "at_utc", "probability"],
        [
            .. FirstLaw.Zip(WhyData.Shares, (minutes, share) =>
                new object?[] { "at the close", minutes, CloseAt.AddMinutes(minutes), share }),
            .. LawNow.Select(point => new object?[] { "now", point.Minutes, CloseAt.AddMinutes(point.Minutes), point.Probability }),
        ]);

    public NumberTable CostNumbers => new(
        "cost", "What the next GET would cost at each instant, waiting and all that follows included",
        ["minutes", "at_utc", "probability_there", "expected_cost"],
        [.. Candidates.Select(c => new object?[] { c.At.TotalMinutes, CloseAt + c.At, c.ProbabilityThere, c.ExpectedCost })]);

    public NumberTable PastNumbers => new(
        "arrivals", "The sessions before", ["session_date", "after_minutes", "by_minutes", "gets", "first_law_50_minutes"],
        [.. Past.Select(a => new object?[] { a.SessionDate, a.AfterMinutes, a.ByMinutes, a.Gets, a.MedianMinutes })]);

    public override IEnumerable<NumberTable> Tables => [LawNumbers, CostNumbers, PastNumbers];
}
