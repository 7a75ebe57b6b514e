using System.Text.Json;
using EodPredict.Availability;
using EodPredict.Jobs;
using EodPredict.Service.Api;
using EodPredict.Service.Health;
using EodPredict.Service.History;
using Npgsql;

namespace EodPredict.Service.Jobs;

/// <summary>What repeats, what ran and what is paused, by HTTP; every call may be made again after any failure.</summary>
internal static class JobEndpoints
{
    private static readonly BodyOf JobBody = new(typeof(JobRequest));
    private static readonly BodyOf WatchBody = new(typeof(WatchRequest));

    public static void MapJobApi(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/jobs", (RecurringJobs jobs, CancellationToken cancellationToken) =>
            AnswerAsync(async () => Json(await jobs.ListAsync(cancellationToken))))
            .WithSummary("Recurring jobs with their next and last runs").Produces<IReadOnlyList<RecurringJobStatus>>();
        routes.MapGet("/api/runs", (
            string? q, string? kind, DateTimeOffset? before, int? max, RunHistory runs, CancellationToken cancellationToken) => AnswerAsync(
                async () => HistoryFilter.Fault(max) ?? Json(await runs.ReadAsync(
                    new RunFilter(q ?? "", kind ?? "", before), HistoryFilter.RowsOf(max), cancellationToken))))
            .WithSummary("What ran, the latest first: checks, training, scrapes").Produces<RunPage>();
        MapJob(routes, "run", "Runs a recurring job once, now", (jobs, key, _, cancellationToken) => jobs.RunNowAsync(key, cancellationToken));
        MapJob(routes, "pause", "Keeps a recurring job from running by itself", (jobs, key, asked, cancellationToken) =>
            jobs.PauseAsync(key, asked.Reason ?? "", cancellationToken));
        MapJob(routes, "resume", "Lets a recurring job run by its calendar again", (jobs, key, _, cancellationToken) =>
            jobs.ResumeAsync(key, cancellationToken));

        routes.MapGet("/api/watch", (WatchChanges watch, CancellationToken cancellationToken) =>
            AnswerAsync(async () => Json(await watch.ListAsync(cancellationToken))))
            .WithSummary("What is not asked for, and why").Produces<IReadOnlyList<WatchPause>>();
        MapWatch(routes, "pause", "Asks for nothing of a dataset or a ticker", (watch, asked, cancellationToken) =>
            watch.PauseAsync(asked.Dataset!, asked.Ticker, asked.Reason ?? "", cancellationToken));
        MapWatch(routes, "resume", "Lets a dataset or a ticker be asked for again", (watch, asked, cancellationToken) =>
            watch.ResumeAsync(asked.Dataset!, asked.Ticker, cancellationToken));
        routes.MapPost("/api/watch/check", (HttpRequest request, WatchChanges watch) => ReadAsync<WatchRequest>(request, asked => asked switch
        {
            { Dataset: { } dataset, Ticker: { } ticker, SessionDate: { } date } => CheckAsync(
                watch, dataset, ticker, date, request.HttpContext.RequestAborted),
            _ => Task.FromResult(ApiProblem.Invalid("Send one JSON object with dataset, ticker and session_date.")),
        }))
            .WithSummary("Has an open session checked now").WithMetadata(WatchBody).Produces<WatchRequest>();
    }

    private static async Task<IResult> CheckAsync(
        WatchChanges watch, string dataset, string ticker, DateOnly date, CancellationToken cancellationToken) =>
        await watch.CheckNowAsync(dataset, ticker, date, cancellationToken)
            ? Json(new WatchRequest(dataset, ticker, null, date))
            : ApiProblem.Of(
                StatusCodes.Status409Conflict, "wrong_state",
                $"The session of {ticker} on {date:yyyy-MM-dd} is not open, or is being checked just now.");

    private static void MapJob(
        IEndpointRouteBuilder routes, string action, string summary, Func<RecurringJobs, JobKey, JobRequest, CancellationToken, Task> act) =>
        routes.MapPost($"/api/jobs/{action}", (HttpRequest request, RecurringJobs jobs) => ReadAsync<JobRequest>(request, async asked =>
        {
            if (asked is not { Kind.Length: > 0, Id.Length: > 0 })
            {
                return ApiProblem.Invalid("Send one JSON object with kind and id.");
            }

            var key = new JobKey(asked.Kind, asked.Id);
            await act(jobs, key, asked, request.HttpContext.RequestAborted);
            return Json((await jobs.ListAsync(request.HttpContext.RequestAborted)).Single(job => job.Key == key));
        }))
            .WithSummary(summary).WithMetadata(JobBody).Produces<RecurringJobStatus>();

    private static void MapWatch(
        IEndpointRouteBuilder routes, string action, string summary, Func<WatchChanges, WatchRequest, CancellationToken, Task> act) =>
        routes.MapPost($"/api/watch/{action}", (HttpRequest request, WatchChanges watch) => ReadAsync<WatchRequest>(request, async asked =>
        {
            if (asked is not { Dataset.Length: > 0 })
            {
                return ApiProblem.Invalid("Send one JSON object with dataset.");
            }

            await act(watch, asked, request.HttpContext.RequestAborted);
            return Json(await watch.ListAsync(request.HttpContext.RequestAborted));
        }))
            .WithSummary(summary).WithMetadata(WatchBody).Produces<IReadOnlyList<WatchPause>>();

    private static Task<IResult> ReadAsync<T>(HttpRequest request, Func<T, Task<IResult>> answer) => AnswerAsync(async () =>
        await answer(await JsonSerializer.DeserializeAsync<T>(request.Body, Readiness.Json, request.HttpContext.RequestAborted)
            ?? throw new JsonException("the body is empty")));

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
        catch (ArgumentException e)
        {
            return ApiProblem.Invalid(e.Message);
        }
        catch (KeyNotFoundException e)
        {
            return ApiProblem.Of(StatusCodes.Status404NotFound, ApiProblem.NotFound, e.Message);
        }
        catch (NpgsqlException e) when (e is not PostgresException)
        {
            return ApiProblem.Away("Send the same again.");
        }
    }

    private static IResult Json(object value) => Results.Json(value, Readiness.Json);
}
