using System.Globalization;
using EodPredict.Service.Api;
using EodPredict.Service.Health;
using Npgsql;

namespace EodPredict.Service.Pages.Today;

/// <summary>The first page, and the same sessions as JSON.</summary>
internal static class TodayRoutes
{
    private const int MostListed = 500;
    private const int MembersWhenOpen = 500;

    public static void MapToday(this IEndpointRouteBuilder routes)
    {
        routes.MapPage<TodayPage, TodayContent>("/", (context, cancellationToken) =>
            context.RequestServices.GetRequiredService<TodaySessions>().ReadAsync(Asked(context.Request.Query), cancellationToken)!);
        routes.MapGet("/api/sessions", ListAsync).WithSummary("Today's sessions, as the first page shows them").Produces<SessionList>();
    }

    private static TodayQuery Asked(IQueryCollection query)
    {
        var asked = new TodayQuery
        {
            Text = query["q"].ToString().Trim(),
            State = query["show"].ToString(),
            Company = query["with"].ToString(),
            Page = int.TryParse(query["page"], NumberStyles.Integer, CultureInfo.InvariantCulture, out var page)
                ? Math.Clamp(page, 0, 100_000) : 0,
        };
        return asked.Company.Length > 0 ? asked with { MembersShown = MembersWhenOpen } : asked;
    }

    private static async Task<IResult> ListAsync(TodaySessions today, CancellationToken cancellationToken)
    {
        try
        {
            var all = new TodayQuery { Folds = false, PageSize = MostListed };
            var content = await today.ReadAsync(all, cancellationToken);
            return Results.Json(new SessionList([.. content.Rows.SelectMany(row => row.Sessions)]), Readiness.Json);
        }
        catch (NpgsqlException)
        {
            return ApiProblem.Away("It is waited for; see /health/ready.");
        }
    }
}
