using System.Text.Json;
using EodPredict.Scraping;
using EodPredict.Service.Api;
using EodPredict.Service.Health;
using EodPredict.Service.History;
using Npgsql;

namespace EodPredict.Service.Scraping;

/// <summary>Scraping jobs by HTTP, run by the service; every call may be made again after any failure.</summary>
internal static class ScrapeEndpoints
{
    public static void MapScrapes(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/scrapes", (HttpRequest request, ScrapeJobs jobs, ScrapePlans plans, ServedScrapes served) =>
            AnswerAsync(() => MakeAsync(request, jobs, plans, served, request.HttpContext.RequestAborted)))
            .WithSummary("Makes a scraping job, or gives it more ids").WithMetadata(new BodyOf(typeof(ScrapeRequest)))
            .Produces<ScrapeStatus>();
        routes.MapGet("/api/scrapes", (long? before, int? max, string? state, ScrapeJobs jobs, CancellationToken cancellationToken) =>
            AnswerAsync(async () => HistoryFilter.Fault(max) ?? Json(HistoryPage<ScrapeStatus>.Of(
                await jobs.ListAsync(before, state, HistoryFilter.RowsOf(max) + 1, cancellationToken), HistoryFilter.RowsOf(max)))))
            .WithSummary("Scraping jobs, the newest first").Produces<HistoryPage<ScrapeStatus>>();
        routes.MapGet("/api/scrapes/{name}", (string name, ScrapeJobs jobs, CancellationToken cancellationToken) =>
            AnswerAsync(() => TellAsync(name, jobs, StatusCodes.Status200OK, cancellationToken)))
            .WithSummary("How far a job is").Produces<ScrapeStatus>();
        routes.MapGet("/api/scrapes/{name}/items", ExportAsync)
            .WithSummary("What a job has stored, as JSON lines").Produces<string>(contentType: "application/x-ndjson");
        MapAction(routes, "pause", "Stops a job until it is resumed", ScrapeStates.Paused,
            (actions, name, cancellationToken) => actions.PauseAsync(name, cancellationToken));
        MapAction(routes, "cancel", "Ends a job; what was stored stays", ScrapeStates.Cancelled,
            (actions, name, cancellationToken) => actions.CancelAsync(name, cancellationToken));
        MapAction(routes, "resume", "Lets a paused or cancelled job go on", null,
            (actions, name, cancellationToken) => actions.ResumeAsync(name, cancellationToken));
        MapAction(routes, "retry", "Lets failed items wait again, and the job go on", null,
            (actions, name, cancellationToken) => actions.RetryAsync(name, cancellationToken));
    }

    // A job that is not in the wanted state afterwards could not be changed.
    private static void MapAction(
        IEndpointRouteBuilder routes, string action, string summary, string? wanted,
        Func<ScrapeActions, string, CancellationToken, Task> act) =>
        routes.MapPost($"/api/scrapes/{{name}}/{action}", (string name, ScrapeActions actions, ScrapeJobs jobs,
            CancellationToken cancellationToken) =>
            AnswerAsync(async () =>
            {
                await act(actions, name, cancellationToken);
                var status = await jobs.StatusAsync(name, cancellationToken);
                return status is null ? Unknown(name)
                    : wanted is null || status.State == wanted ? Json(status)
                    : ApiProblem.Of(StatusCodes.Status409Conflict, "wrong_state", $"{name} is {status.State}.", ("state", status.State));
            }))
            .WithSummary(summary).Produces<ScrapeStatus>();

    private static async Task<IResult> MakeAsync(
        HttpRequest request, ScrapeJobs jobs, ScrapePlans plans, ServedScrapes served, CancellationToken cancellationToken)
    {
        var asked = await JsonSerializer.DeserializeAsync<ScrapeRequest>(request.Body, Readiness.Json, cancellationToken)
            ?? throw new JsonException("the body is empty");
        var isNew = asked.Name is { } name && await jobs.FindAsync(name, cancellationToken) is null;
        var job = await jobs.OpenAsync(
            new ScrapeJob
            {
                Name = asked.Name ?? throw new JsonException("name is missing."),
                Url = asked.Url ?? throw new JsonException("url is missing."),
                Headers = asked.Headers ?? [],
                MaxPace = asked.MaxPace,
                MaxInFlight = asked.MaxInFlight,
                FinishBy = asked.FinishBy,
                AnyTime = asked.AnyTime,
                IsServed = true,
            },
            cancellationToken);
        await jobs.AddAsync(job, asked.Ids ?? [], cancellationToken);
        if (asked is { FirstId: { } first, LastId: { } last })
        {
            await jobs.AddAsync(job, new IdRange(first, last), cancellationToken);
        }

        // Planned here already, so that the reply says when it is sent and why.
        await plans.PlanAsync(job, cancellationToken);
        await served.StartAsync(job, cancellationToken);
        return await TellAsync(job.Name, jobs, isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK, cancellationToken);
    }

    private static async Task<IResult> TellAsync(string name, ScrapeJobs jobs, int status, CancellationToken cancellationToken) =>
        await jobs.StatusAsync(name, cancellationToken) is { } known ? Json(known, status) : Unknown(name);

    private static async Task ExportAsync(string name, ScrapeJobs jobs, HttpContext context)
    {
        if (await jobs.StatusAsync(name, context.RequestAborted) is null)
        {
            await Unknown(name).ExecuteAsync(context);
            return;
        }

        context.Response.ContentType = "application/x-ndjson";
        await StoredItemLines.WriteAsync(jobs.ExportAsync(name, context.RequestAborted), context.Response.Body, null, context.RequestAborted);
    }

    private static async Task<IResult> AnswerAsync(Func<Task<IResult>> answer)
    {
        try
        {
            return await answer();
        }
        catch (JsonException e)
        {
            return ApiProblem.Invalid($"Send one JSON object: {e.Message}");
        }
        catch (ScrapeRefusedException e)
        {
            return ApiProblem.Of(StatusCodes.Status400BadRequest, "scrape_refused", e.Message);
        }
        catch (NpgsqlException e) when (e is not PostgresException)
        {
            return ApiProblem.Away("Send the same again: a name is one job.");
        }
    }

    private static IResult Unknown(string name) =>
        ApiProblem.Of(StatusCodes.Status404NotFound, ApiProblem.NotFound, $"There is no job {name}.");

    private static IResult Json(object value, int status = StatusCodes.Status200OK) =>
        Results.Json(value, Readiness.Json, statusCode: status);
}
