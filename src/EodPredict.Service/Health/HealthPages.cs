
using EodPredict.Service.Access;

namespace EodPredict.Service.Health;

/// <summary>What load balancers, compose files and people ask: is it alive, is it ready.</summary>
internal static class HealthPages
{
    /// <summary>Where it is told whether the service can do its work.</summary>
    public const string Ready = "/health/ready";

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => Results.Json(new { status = "live" })).AllowAnonymous();
        routes.MapGet(Ready, AskAsync).AllowAnonymous();
    }

    private static async Task<IResult> AskAsync(ReadinessCheck check, HttpContext context, CancellationToken cancellationToken)
    {
        var readiness = await check.AskAsync(cancellationToken);
        var status = readiness.Status == Readiness.Ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;

        // A load balancer has no key and needs none for this; where the database is and what runs here is no stranger's business.
        return Results.Json(context.User.MayRead() ? (object)readiness : new { readiness.Status }, Readiness.Json, statusCode: status);
    }
}
