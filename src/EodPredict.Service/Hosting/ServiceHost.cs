using EodPredict.Availability;
using EodPredict.Forecasting;
using EodPredict.Orders;
using EodPredict.Providers.Calendars;
using EodPredict.Scraping;
using EodPredict.Service.Access;
using EodPredict.Service.Api;
using EodPredict.Service.Configuration;
using EodPredict.Service.Health;
using EodPredict.Service.Monitoring;
using EodPredict.Service.Pages;
using EodPredict.Service.Scraping;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EodPredict.Service.Hosting;

/// <summary>The composition root: the whole service as one web application.</summary>
internal static class ServiceHost
{
    /// <summary>Certificates for https, as Kestrel reads them.</summary>
    public const string KestrelSection = "Kestrel";

    /// <summary>Puts the service together; nothing is started, and no port or folder is touched.</summary>
    /// <param name="configuration">The whole configuration.</param>
    /// <param name="addCalendars">Adds calendars of its own before the tickers' are looked up.</param>
    /// <exception cref="ConfigurationFaultException">The configuration is wrong; all faults are told.</exception>
    public static WebApplication Build(IConfiguration configuration, Action<MarketCalendars>? addCalendars = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "eod" });
        builder.Configuration.AddConfiguration(configuration);
        builder.WebHost
            .UseKestrelCore()
            .UseKestrelHttpsConfiguration()
            .ConfigureKestrel(server =>
            {
                server.AddServerHeader = false;
                server.Configure(configuration.GetSection(KestrelSection));
            })
            .UseUrls([.. ListenAddress.Of(configuration)]);
        builder.Logging.AddServiceLog(configuration);

        builder.Services.AddRouting();
        builder.Services.Replace(ServiceDescriptor.Singleton<IHostLifetime, SignalsHandledElsewhere>());
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(20));
        builder.Services.AddFoundation(configuration);
        builder.Services.AddJobs(configuration);
        builder.Services.AddAvailability(configuration);
        builder.Services.AddNightlyTraining();
        builder.Services.AddServedScraping().AddSingleton<ScrapeActions>();
        builder.Services.AddOrders(configuration);
        builder.Services.AddSupervision();
        builder.Services.AddAccess(configuration);
        builder.Services.AddMonitoring(configuration);
        builder.Services.AddPages();
        builder.Services.AddApi();

        var service = builder.Build();
        addCalendars?.Invoke(service.Services.GetRequiredService<MarketCalendars>());
        ConfigurationCheck.ThrowOnFaults(service.Services);

        service.UseAccess();
        service.UseApiProblems();
        service.UsePageProblems();
        var routes = service.MapGroup("").DemandRoles();
        routes.MapPages();
        routes.MapApi();
        routes.MapHealth();
        routes.MapPrometheus();
        routes.MapJobDashboard(EngineDashboard.Content)?.RequireAuthorization(AccessPolicies.Reader);
        return service;
    }

    /// <summary>Runs it until the token is cancelled, then stops it cleanly.</summary>
    /// <exception cref="PortInUseException">Another program listens on its address.</exception>
    public static async Task RunAsync(WebApplication service, CancellationToken cancellationToken)
    {
        ListenProbe.ThrowIfInUse(ListenAddress.Of(service.Configuration));
        try
        {
            await service.StartAsync(cancellationToken);
            Announcement.Write(service);
            await service.WaitForShutdownAsync(cancellationToken);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            throw new PortInUseException(string.Join(", ", ListenAddress.Of(service.Configuration)), e);
        }
        finally
        {
            await service.StopAsync(CancellationToken.None);
        }
    }
}
