using EodPredict.Availability;
using EodPredict.Service.Pages.Availability;
using EodPredict.Service.Pages.Jobs;
using EodPredict.Service.Pages.Layout;
using EodPredict.Service.Pages.Models;
using EodPredict.Service.Pages.Orders;
using EodPredict.Service.Pages.Scrapes;
using EodPredict.Service.Pages.SignIn;
using EodPredict.Service.Pages.Throttle;
using EodPredict.Service.Pages.Today;
using EodPredict.Service.Pages.Why;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;

namespace EodPredict.Service.Pages;

/// <summary>The dashboard.</summary>
internal static class PagesRegistration
{
    /// <summary>What the pages read from, and what proves that a button was pressed on one of them.</summary>
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddAntiforgery(antiforgery => antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest);
        services.AddDataProtection().SetApplicationName("eod");
        services.AddSingleton<PageKeys>();
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(
            keys => keys.XmlRepository = provider.GetRequiredService<PageKeys>()));
        return services
            .AddSingleton<TodaySessions>()
            .AddSingleton<TickerForecasts>()
            .AddSingleton<WhyData>()
            .AddSingleton<AvailabilityData>()
            .AddSingleton<ScrapesData>()
            .AddSingleton<ThrottleData>();
    }

    public static void MapPages(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("").AddEndpointFilter((context, next) =>
        {
            PageProblems.Confine(context.HttpContext.Response);
            return next(context);
        });
        pages.MapAssets();
        pages.MapToday();
        pages.MapWhy();
        pages.MapJobs();
        pages.MapWatch();
        pages.MapAvailability();
        pages.MapModels();
        pages.MapScrapePage();
        pages.MapThrottle();
        pages.MapOrderPage();
        pages.MapSignIn();
    }
}
