using System.Globalization;

namespace EodPredict.Service.Pages.Why;

/// <summary>The page that explains one session.</summary>
internal static class WhyRoutes
{
    public static void MapWhy(this IEndpointRouteBuilder routes) =>
        routes.MapPage<WhyPage, WhyContent>(WhyAddress.Path, async (context, cancellationToken) =>
        {
            var data = context.RequestServices.GetRequiredService<WhyData>();
            var asked = context.Request.Query;
            if (long.TryParse(asked["session"], CultureInfo.InvariantCulture, out var session))
            {
                return await data.ReadAsync(session, cancellationToken);
            }

            return DateOnly.TryParseExact(asked["date"], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
                ? await data.ReadAsync(asked["dataset"].ToString(), asked["ticker"].ToString(), date, cancellationToken)
                : null;
        });
}
