using EodPredict.Jobs;
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
    /// <param name="endpoints">Where to map.</param>
    /// <param name="content">What the service adds to it. Hangfire keeps it for the whole process: the first one stays.</param>
    public static IEndpointRouteBuilder MapJobDashboard(this IEndpointRouteBuilder endpoints, DashboardContent content)
    {
        JobDashboard.Add(content);
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
