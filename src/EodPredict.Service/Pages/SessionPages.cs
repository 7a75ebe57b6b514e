using System.Text;
using EodPredict.Jobs;
using EodPredict.Service.Health;
using Npgsql;

namespace EodPredict.Service.Pages;

/// <summary>The first page and the JSON behind it.</summary>
internal static class SessionPages
{
    private static readonly object Away = new { error = "The database does not answer. It is waited for; see /health/ready." };

    public static void MapSessions(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", PageAsync);
        routes.MapGet("/api/sessions", ListAsync);
    }

    private static async Task<IResult> PageAsync(
        TodaySessions today, TimeProvider time, TimeScale scale, CancellationToken cancellationToken)
    {
        try
        {
            var sessions = await today.ReadAsync(cancellationToken);
            return Page(TodayPage.Render(sessions, time.GetUtcNow(), scale), StatusCodes.Status200OK);
        }
        catch (NpgsqlException)
        {
            var away = Html.Of($"<p>The database does not answer. It is waited for: this page comes back by itself.</p>");
            return Page(PageFrame.Render("Today's sessions", away), StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static async Task<IResult> ListAsync(TodaySessions today, CancellationToken cancellationToken)
    {
        try
        {
            return Results.Json(new { sessions = await today.ReadAsync(cancellationToken) }, Readiness.Json);
        }
        catch (NpgsqlException)
        {
            return Results.Json(Away, Readiness.Json, statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static IResult Page(Html page, int status) => Results.Text(page.Text, "text/html", Encoding.UTF8, status);
}
