using Hangfire;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace EodPredict.Hangfire;

/// <summary>Shows the job engine's dashboard.</summary>
public static class JobDashboardEndpoints
{
    internal const string Path = "/hangfire";

    private const int StatisticsEveryMilliseconds = 5000;

    /// <summary>Maps Hangfire's dashboard at <c>/hangfire</c>, open to requests from this machine only.</summary>
    public static IEndpointRouteBuilder MapJobDashboard(this IEndpointRouteBuilder endpoints)
    {
        var options = new DashboardOptions
        {
            DashboardTitle = "EodPredict jobs",
            DisplayStorageConnectionString = false,
            StatsPollingInterval = StatisticsEveryMilliseconds,
        };
        endpoints.MapHangfireDashboard(Path, options, endpoints.ServiceProvider.GetRequiredService<JobStore>().Storage);
        return endpoints;
    }
}
