namespace EodPredict.Replay.Backtesting;

/// <summary>How the laws of the scored sessions, as they stood when the sessions opened, compare with the recorded arrivals.</summary>
public sealed record LawCalibration
{
    /// <summary>Sessions that had a law and an arrival.</summary>
    public required int Sessions { get; init; }

    /// <summary>The share of arrivals in the central intervals that were to hold 50, 80 and 95 of a hundred.</summary>
    public required double Coverage50 { get; init; }

    public required double Coverage80 { get; init; }

    public required double Coverage95 { get; init; }

    /// <summary>The mean of -ln of the probability that the law gave to what the checks revealed, in nats; smaller is better.</summary>
    public required double IntervalLogScore { get; init; }

    /// <summary>Compares; null where no policy had a law.</summary>
    internal static LawCalibration? Of(IReadOnlyCollection<ForetoldArrival> foretold) => foretold.Count == 0 ? null : new()
    {
        Sessions = foretold.Count,
        Coverage50 = Inside(foretold, 0.5),
        Coverage80 = Inside(foretold, 0.8),
        Coverage95 = Inside(foretold, 0.95),
        IntervalLogScore = foretold.Average(f => f.LogScore),
    };

    private static double Inside(IReadOnlyCollection<ForetoldArrival> foretold, double mass) =>
        foretold.Average(f => f.Place >= (1 - mass) / 2 && f.Place <= (1 + mass) / 2 ? 1 : 0);
}
