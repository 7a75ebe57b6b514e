using System.Text.Json;

namespace EodPredict.Service.Health;

/// <summary>Whether the service can do its work now, and on what it runs.</summary>
internal sealed record Readiness(string Status, string JobEngine, string TreeLearner, DatabaseReadiness Database, ClockReadiness Clock)
{
    public const string Ready = "ready";
    public const string NotReady = "not_ready";

    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };
}
