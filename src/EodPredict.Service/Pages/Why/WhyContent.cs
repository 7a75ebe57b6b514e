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

    /// <summary>What the next check is decided by; of a session that is over, the last one. Null where that is not known.</summary>
    public CheckLaw? Grounds { get; init; }

    /// <summary>The pause of its dataset or ticker; null where there is none, or it is over.</summary>
    public WatchPause? Pause { get; init; }

    /// <summary>Whether its ticker is still watched.</summary>
    public bool IsConfigured { get; init; }

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

    public NumberTable CheckNumbers => new(
        "checks", "The law before and after each check: minutes since the close by which 5, 25, 50, 75 and 95% have arrived",
        ["sent_utc", "method", "outcome", "law", "p5", "p25", "p50", "p75", "p95"],
        [.. Calls.Where(call => call.Law is not null).SelectMany(call => CheckRows(call, call.Law!))]);

    public NumberTable GroundNumbers => new(
        "grounds", "What the law is made of: minutes since the close by which 5, 25, 50, 75 and 95% have arrived",
        ["law", "p5", "p25", "p50", "p75", "p95"],
        [.. Parts.Select(part => (object?[])[part.Name, .. part.Law.Select(minutes => (object?)minutes)])]);

    public override IEnumerable<NumberTable> Tables => [LawNumbers, CostNumbers, PastNumbers, CheckNumbers, GroundNumbers];

    /// <summary>The parts that the law is made of, each with all those before it.</summary>
    internal IEnumerable<(string Name, IReadOnlyList<double> Law)> Parts => Grounds is not { } grounds ? [] :
        [("experts alone", grounds.Experts), ("with the trees", grounds.Trees), ("with what others told", grounds.Before)];

    private static IEnumerable<object?[]> CheckRows(WhyCall call, CheckLaw law)
    {
        foreach (var (name, minutes) in new[] { ("before", law.Before), ("after", law.After) })
        {
            if (minutes is not null)
            {
                yield return [call.At, call.Method, call.Outcome, name, .. minutes.Select(minute => (object?)minute)];
            }
        }
    }
}
