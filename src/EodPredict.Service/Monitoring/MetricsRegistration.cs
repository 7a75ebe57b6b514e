using EodPredict.Service.Access;
using OpenTelemetry.Metrics;
using Prometheus;

namespace EodPredict.Service.Monitoring;

/// <summary>Metrics: served as Prometheus text, and sent by OTLP where the standard variable says where to.</summary>
internal static class MetricsRegistration
{
    public const string Path = "/metrics";

    private const string OtlpAddress = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string OwnMeters = "eod.";

    public static IServiceCollection AddMonitoring(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<InstallationQuery>().AddHostedService<InstallationMeter>();
        if (configuration[OtlpAddress] is { Length: > 0 })
        {
            services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddMeter($"{OwnMeters}*").AddOtlpExporter());
        }

        return services;
    }

    /// <summary>Collects from now on, and serves what was collected.</summary>
    public static void MapPrometheus(this IEndpointRouteBuilder routes)
    {
        var registry = Prometheus.Metrics.NewCustomRegistry();
        DotNetStats.Register(registry);
        var collector = new MeterCollector(registry, OwnMeters);
        routes.ServiceProvider.GetRequiredService<IHostApplicationLifetime>().ApplicationStopped.Register(collector.Dispose);
        routes.MapMetrics(Path, registry).RequireAuthorization(AccessPolicies.Reader);
    }
}
