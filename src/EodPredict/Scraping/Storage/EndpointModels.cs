using System.Text.Json;
using EodPredict.Database;
using EodPredict.Scraping.Limit;
using Npgsql;

namespace EodPredict.Scraping.Storage;

/// <summary>What endpoints seem to enforce, as the last runs have it. Safe for concurrent use.</summary>
public sealed class EndpointModels(NpgsqlDataSource database)
{
    /// <summary>What one endpoint seems to enforce; null where that was never inferred.</summary>
    public async Task<EndpointModel?> FindAsync(string endpoint, CancellationToken cancellationToken)
    {
        const string Model = """
            select seen_at, attempts, refusals, shape, shape_confidence, rate_per_second, rate_confidence, window_seconds, phase_seconds,
                burst, in_flight, in_flight_confidence, refusals_count, refusals_count_confidence, ban_seconds, ban_confidence
            from eod.endpoint_model where endpoint = $1
            """;
        return (await database.Sql(Model, endpoint).ListAsync(
            row => new EndpointModel(
                new LimitEstimate
                {
                    Shape = Enum.GetValues<LimitShape>().First(shape => Name(shape) == row.GetString(3)),
                    ShapeConfidence = row.GetDouble(4),
                    RatePerSecond = row.GetDouble(5),
                    RateConfidence = row.GetDouble(6),
                    Window = TimeSpan.FromSeconds(row.Nullable<double>(7)),
                    Burst = row.Nullable<double>(9),
                    InFlight = row.Nullable<int?>(10),
                    InFlightConfidence = row.GetDouble(11),
                    RefusalsCount = row.GetBoolean(12),
                    RefusalsCountConfidence = row.GetDouble(13),
                    Ban = TimeSpan.FromSeconds(row.GetDouble(14)),
                    BanConfidence = row.GetDouble(15),
                },
                row.Nullable<double?>(8) is { } phase ? TimeSpan.FromSeconds(phase) : null, row.GetInt32(1), row.GetInt32(2),
                row.GetFieldValue<DateTimeOffset>(0)),
            cancellationToken)).SingleOrDefault();
    }

    /// <summary>Keeps what an endpoint seems to enforce, in place of what was kept of it.</summary>
    internal Task KeepAsync(string endpoint, EndpointModel model, CancellationToken cancellationToken)
    {
        const string Keep = """
            insert into eod.endpoint_model values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
            on conflict (endpoint) do update set (seen_at, attempts, refusals, shape, shape_confidence, rate_per_second, rate_confidence,
                window_seconds, phase_seconds, burst, in_flight, in_flight_confidence, refusals_count, refusals_count_confidence,
                ban_seconds, ban_confidence) = ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
            """;
        var (limit, isKnown) = (model.Limit, model.Limit.Shape != LimitShape.Unknown);
        return database.Sql(
            Keep, endpoint, model.SeenAt, model.Attempts, model.Refusals, Name(limit.Shape), limit.ShapeConfidence, limit.RatePerSecond,
            limit.RateConfidence, isKnown ? limit.Window.TotalSeconds : null, model.PhaseSinceMidnight?.TotalSeconds,
            isKnown ? limit.Burst : null, limit.InFlight, limit.InFlightConfidence, limit.RefusalsCount, limit.RefusalsCountConfidence,
            limit.Ban.TotalSeconds, limit.BanConfidence).RunAsync(cancellationToken);
    }

    private static string Name(LimitShape shape) => JsonNamingPolicy.SnakeCaseLower.ConvertName(shape.ToString());
}
