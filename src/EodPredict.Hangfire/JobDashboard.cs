using System.Globalization;
using System.Net;
using EodPredict.Jobs;
using Hangfire;
using Hangfire.Dashboard;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace EodPredict.Hangfire;

/// <summary>
/// What the service adds to Hangfire's dashboard, which keeps menus, metrics and renderers in statics of the process. They are therefore
/// added once, and ask the services of the request that they are shown in.
/// </summary>
internal static class JobDashboard
{
    private const string Unknown = "?";

    private static int _isAdded;

    /// <summary>Adds it, unless something was added to this process's dashboard before.</summary>
    public static void Add(DashboardContent content)
    {
        if (Interlocked.Exchange(ref _isAdded, 1) == 1)
        {
            return;
        }

        foreach (var link in content.Links)
        {
            NavigationMenu.Items.Add(_ => new MenuItem(link.Title, link.Path));
        }

        foreach (var figure in content.Figures)
        {
            GlobalConfiguration.Configuration.UseDashboardMetric(
                new DashboardMetric($"eod:{figure.Name}", figure.Title, page => Read(figure, page.Context.GetHttpContext())));
        }

        GlobalConfiguration.Configuration.UseJobDetailsRenderer(0, details => new NonEscapedString(
            details.JobDetails.Job is { Args: [string kind, string id, string title, ..] }
                && content.PageOf(new JobKey(kind, id)) is { } path
                ? $"<p><a href=\"{WebUtility.HtmlEncode(path)}\">{WebUtility.HtmlEncode(title)}: why then, and what came of it</a></p>"
                    : ""));
    }

    // Hangfire asks for metrics without awaiting.
    private static Metric Read(DashboardFigure figure, HttpContext context)
    {
        try
        {
            var value = figure.Read(context.RequestServices, context.RequestAborted).GetAwaiter().GetResult();
            return new Metric(value.ToString("#,0", CultureInfo.InvariantCulture));
        }
        catch (NpgsqlException)
        {
            return new Metric(Unknown);
        }
    }
}
