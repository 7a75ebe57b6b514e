namespace EodPredict.Forecasting.Models;

/// <summary>What checks would have cost per session of a later block, GETs and minutes at their prices, each ticker for itself.</summary>
public sealed record CheckCosts
{
    /// <summary>How many sessions were looked at.</summary>
    public required int Sessions { get; init; }

    /// <summary>By the experts alone.</summary>
    public required double Experts { get; init; }

    /// <summary>By the model that served; null where none did.</summary>
    public double? Champion { get; init; }

    /// <summary>By the model that would serve.</summary>
    public required double Challenger { get; init; }

    /// <summary>By the quantile rule that would have been cheapest on these very sessions.</summary>
    public required double Quantile { get; init; }

    /// <summary>How much dearer the challenger is than the cheaper of experts and champion; negative: cheaper.</summary>
    public required double Difference { get; init; }

    /// <summary>The upper end of the 95% interval of <see cref="Difference"/>, by session dates.</summary>
    public required double DifferenceAtMost { get; init; }
}
