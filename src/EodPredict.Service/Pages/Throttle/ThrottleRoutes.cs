namespace EodPredict.Service.Pages.Throttle;

/// <summary>The page of limits.</summary>
internal static class ThrottleRoutes
{
    public const string Path = "/throttle";

    public static string Of(string endpoint) => PageAddress.Of(Path, ("endpoint", endpoint));

    public static void MapThrottle(this IEndpointRouteBuilder routes) =>
        routes.MapPage<ThrottlePage, ThrottleContent>(Path, (context, cancellationToken) =>
            context.RequestServices.GetRequiredService<ThrottleData>().ReadAsync(context.Request.Query["endpoint"].ToString(),
                cancellationToken));
}
