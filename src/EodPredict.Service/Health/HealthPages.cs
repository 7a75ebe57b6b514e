
namespace EodPredict.Service.Health;

/// <summary>What load balancers, compose files and people ask: is it alive, is it ready.</summary>
internal static class HealthPages
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => Results.Json(new { status = "live" }));
        routes.MapGet("/health/ready", AskAsync);
    }

    private static async Task<IResult> AskAsync(ReadinessCheck check, CancellationToken cancellationToken)
    {
        var readiness = await check.AskAsync(cancellationToken);
        var status = readiness.Status == Readiness.Ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        return Results.Json(readiness, Readiness.Json, statusCode: status);
    }
}
