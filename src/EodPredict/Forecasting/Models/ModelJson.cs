using System.Text.Json;

namespace EodPredict.Forecasting.Models;

/// <summary>How manifests and histories are written: keys in snake_case.</summary>
internal static class ModelJson
{
    public static JsonSerializerOptions Line { get; } = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static JsonSerializerOptions Indented { get; } = new(Line) { WriteIndented = true };
}
