using EodPredict.Jobs;
using Hangfire;
using Hangfire.Dashboard;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace EodPredict.Hangfire;

/// <summary>Shows the job engine's dashboard.</summary>
public static class JobDashboardEndpoints
{
    internal const string Path = "/hangfire";

    private const int StatisticsEveryMilliseconds = 5000;

    /// <summary>Maps Hangfire's dashboard at <c>/hangfire</c>. Who may see it is for the caller to say, by what this returns.</summary>
    /// <param name="endpoints">Where to map.</param>
    /// <param name="content">What the service adds to it. Hangfire keeps it for the whole process: the first one stays.</param>
    public static IEndpointConventionBuilder? MapJobDashboard(this IEndpointRouteBuilder endpoints, DashboardContent content)
    {
        JobDashboard.Add(content);
        var options = new DashboardOptions
        {
            DashboardTitle = "EodPredict jobs",
            DisplayStorageConnectionString = false,
            StatsPollingInterval = StatisticsEveryMilliseconds,
            Authorization = [],
            IsReadOnlyFunc = asked => !content.MayChange(asked.GetHttpContext().User),
        };
        return endpoints.MapHangfireDashboard(Path, options, endpoints.ServiceProvider.GetRequiredService<JobStore>().Storage);
    }
}
