using System.Globalization;

namespace EodPredict.Service.Pages.Availability;

/// <summary>The page of availability.</summary>
internal static class AvailabilityRoutes
{
    public const string Path = "/availability";

    private const int MostPages = 10_000;

    public static string Of(string dataset, string text = "", int page = 0) => PageAddress.Of(
        Path, ("dataset", dataset), ("q", text), ("page", page > 0 ? page.ToString(CultureInfo.InvariantCulture) : ""));

    public static void MapAvailability(this IEndpointRouteBuilder routes) =>
        routes.MapPage<AvailabilityPage, AvailabilityContent>(Path, (context, cancellationToken) =>
        {
            var asked = context.Request.Query;
            _ = int.TryParse(asked["page"], CultureInfo.InvariantCulture, out var page);
            return context.RequestServices.GetRequiredService<AvailabilityData>().ReadAsync(
                asked["dataset"].ToString(), asked["q"].ToString().Trim(), Math.Clamp(page, 0, MostPages), cancellationToken);
        });
}
