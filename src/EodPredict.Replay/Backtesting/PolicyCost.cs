using System.Text.Json.Serialization;

namespace EodPredict.Replay.Backtesting;

/// <summary>What a policy spent on a set of sessions.</summary>
/// <param name="Gets">GETs per session.</param>
/// <param name="DelayMinutes">Mean minutes from arrival to find.</param>
/// <param name="Cost">GETs and minutes at their prices, per session.</param>
public sealed record PolicyCost(double Gets, double DelayMinutes, double Cost)
{
    /// <summary>The quantile of past arrivals at which the quantile rule was cheapest; null for other policies.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Quantile { get; init; }

    /// <summary>The gap in minutes at which the quantile rule was cheapest; null for other policies.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? GapMinutes { get; init; }
}
