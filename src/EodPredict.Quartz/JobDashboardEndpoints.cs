using EodPredict.Jobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace EodPredict.Quartz;

/// <summary>Shows the job engine's dashboard.</summary>
public static class JobDashboardEndpoints
{
    /// <summary>Maps nothing: Quartz.NET brings no dashboard, the service's own pages show what is planned.</summary>
    public static IEndpointConventionBuilder? MapJobDashboard(this IEndpointRouteBuilder endpoints, DashboardContent content) => null;
}
