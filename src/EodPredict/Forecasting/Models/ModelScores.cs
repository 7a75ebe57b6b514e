namespace EodPredict.Forecasting.Models;

/// <summary>
/// How a challenger did on sessions later than those it was fitted to, against what it would replace. For limits of endpoints a session is
/// a window of 15 minutes, and the experts are the profile.
/// </summary>
public sealed record ModelScores
{
    /// <summary>Into how many equal parts of the law <see cref="Calibration"/> sorts arrivals.</summary>
    public const int Bands = 10;

    /// <summary>The first and last session date of the later block, and how many sessions it has.</summary>
    public required DateOnly From { get; init; }

    public required DateOnly To { get; init; }

    public required int Sessions { get; init; }

    /// <summary>The mean interval log score of the experts alone, in nats; smaller is better.</summary>
    public required double Experts { get; init; }

    /// <summary>The same of the model that served when this one was trained; null where none did.</summary>
    public double? Champion { get; init; }

    /// <summary>The same of this model.</summary>
    public required double Challenger { get; init; }

    /// <summary>How much worse this model is than the better of the two, session date by session date; negative: better.</summary>
    public required double Difference { get; init; }

    /// <summary>The upper end of the 95% interval of <see cref="Difference"/>.</summary>
    public required double DifferenceAtMost { get; init; }

    /// <summary>How often the arrival lay in the law's central intervals; what a calibrated law reaches is in the name.</summary>
    public required double Coverage50 { get; init; }

    public required double Coverage80 { get; init; }

    public required double Coverage95 { get; init; }

    /// <summary>The shares of arrivals in the tenths of their laws, from the earliest on; null in older manifests.</summary>
    public IReadOnlyList<double>? Calibration { get; init; }

    /// <summary>The same of the experts alone.</summary>
    public IReadOnlyList<double>? ExpertsCalibration { get; init; }

    /// <summary>What checks would have cost; null of limits of endpoints, and in older manifests.</summary>
    public CheckCosts? Costs { get; init; }
}
