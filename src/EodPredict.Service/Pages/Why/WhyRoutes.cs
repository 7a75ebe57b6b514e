using System.Globalization;

namespace EodPredict.Service.Pages.Why;

/// <summary>The page that explains one session.</summary>
internal static class WhyRoutes
{
    public static void MapWhy(this IEndpointRouteBuilder routes) =>
        routes.MapPage<WhyPage, WhyContent>(WhyAddress.Path, async (context, cancellationToken) =>
            DateOnly.TryParseExact(context.Request.Query["date"], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
                ? await context.RequestServices.GetRequiredService<WhyData>().ReadAsync(
                    context.Request.Query["dataset"].ToString(), context.Request.Query["ticker"].ToString(), date, cancellationToken)
                : null);
}
