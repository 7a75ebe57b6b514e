using System.Globalization;
using EodPredict.Service.Api;
using EodPredict.Service.Health;
using EodPredict.Service.History;
using Npgsql;

namespace EodPredict.Service.Pages.Today;

/// <summary>The first page, and the same sessions as JSON.</summary>
internal static class TodayRoutes
{
    private const int MembersWhenOpen = 500;

    public static void MapToday(this IEndpointRouteBuilder routes)
    {
        routes.MapPage<TodayPage, TodayContent>("/", (context, cancellationToken) =>
            context.RequestServices.GetRequiredService<TodaySessions>().ReadAsync(Asked(context.Request.Query), cancellationToken)!);
        routes.MapGet("/api/sessions", ListAsync)
            .WithSummary("Today's sessions with their calls, the newest first").Produces<HistoryPage<SessionView>>();
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

    private static async Task<IResult> ListAsync(
        string? q, string? state, long? before, int? max, TodaySessions today, CancellationToken cancellationToken)
    {
        if (HistoryFilter.Fault(max) is { } fault)
        {
            return fault;
        }

        try
        {
            var rows = HistoryFilter.RowsOf(max);
            var asked = new TodayQuery
            {
                Text = q ?? "", State = state ?? "", Before = before, IsNewestFirst = true, Folds = false, PageSize = rows + 1,
            };
            var content = await today.ReadAsync(asked, cancellationToken);
            return Results.Json(
                HistoryPage<SessionView>.Of([.. content.Rows.SelectMany(row => row.Sessions).Select(one => (one.Id, one))], rows),
                Readiness.Json);
        }
        catch (NpgsqlException)
        {
            return ApiProblem.Away("It is waited for; see /health/ready.");
        }
    }
}
