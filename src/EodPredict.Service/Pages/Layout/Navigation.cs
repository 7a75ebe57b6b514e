using EodPredict.Jobs;
using EodPredict.Service.Pages.Availability;
using EodPredict.Service.Pages.Jobs;
using EodPredict.Service.Pages.Models;
using EodPredict.Service.Pages.Orders;
using EodPredict.Service.Pages.Scrapes;
using EodPredict.Service.Pages.Throttle;

namespace EodPredict.Service.Pages.Layout;

/// <summary>The pages that can be reached from every other, and from the job engine's own dashboard.</summary>
internal static class Navigation
{
    public const string Today = "Today";
    public const string Availability = "Availability";
    public const string Models = "Models";
    public const string Scrapes = "Scrapes";
    public const string Throttle = "Throttle";
    public const string Orders = "Orders";
    public const string Jobs = "Jobs";

    public static IReadOnlyList<DashboardLink> Links { get; } =
    [
        new(Today, "/"),
        new(Availability, AvailabilityRoutes.Path),
        new(Models, ModelsRoutes.Path),
        new(Scrapes, ScrapesRoutes.Path),
        new(Throttle, ThrottleRoutes.Path),
        new(Orders, OrdersRoutes.Path),
        new(Jobs, JobsRoutes.Path),
    ];
}
