using EodPredict.Availability;
using EodPredict.Service.Api;
using EodPredict.Service.Health;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace EodPredict.Service.History;

/// <summary>What was watched, asked, received and learned, to be read page by page.</summary>
internal static class HistoryEndpoints
{
    private const string OctetStream = "application/octet-stream";

    public static void MapHistory(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/sessions/history", (
            [AsParameters] HistoryFilter filter, string? state, HistoryQuery query, CancellationToken cancellationToken) =>
            AnswerAsync(filter, () => query.SessionsAsync(filter, state, cancellationToken)))
            .WithSummary("Sessions, the newest first").Produces<HistoryPage<SessionEntry>>();
        routes.MapGet("/api/observations", ([AsParameters] HistoryFilter filter, HistoryQuery query, CancellationToken cancellationToken) =>
            AnswerAsync(filter, () => query.ObservationsAsync(filter, cancellationToken)))
            .WithSummary("Calls to providers and what they told, the newest first").Produces<HistoryPage<ObservationEntry>>();
        routes.MapGet("/api/payloads", ([AsParameters] HistoryFilter filter, HistoryQuery query, CancellationToken cancellationToken) =>
            filter is { Dataset: null } or { Ticker: null }
                ? Task.FromResult(ApiProblem.Invalid("Payloads are listed for one dataset and ticker; give both."))
                : AnswerAsync(filter, () => query.PayloadsAsync(filter, cancellationToken)))
            .WithSummary("The versions of one ticker's payloads, the newest first").Produces<HistoryPage<PayloadEntry>>();
        routes.MapGet("/api/payloads/{dataset}/{ticker}/{session_date}", ReadAsync)
            .WithSummary("One payload's body as it was received; the newest version unless told otherwise")
            .Produces<byte[]>(contentType: OctetStream);
    }

    private static Task<IResult> AnswerAsync<T>(HistoryFilter filter, Func<Task<HistoryPage<T>>> read) =>
        HistoryFilter.Fault(filter.Max) is { } fault
            ? Task.FromResult(fault) : AnswerAsync(async () => Results.Json(await read(), Readiness.Json));

    private static async Task<IResult> AnswerAsync(Func<Task<IResult>> answer)
    {
        try
        {
            return await answer();
        }
        catch (NpgsqlException e) when (e is not PostgresException)
        {
            return ApiProblem.Away("Ask again.");
        }
    }

    // Whatever type the provider gave it, no browser shall run it as a page of this service.
    private static Task<IResult> ReadAsync(
        string dataset, string ticker, [FromRoute(Name = "session_date")] DateOnly sessionDate, int? version, PayloadStore payloads,
        CancellationToken cancellationToken) =>
        AnswerAsync(async () => await payloads.ReadAsync(dataset, ticker, sessionDate, version, cancellationToken) is { } body
            ? Results.Bytes(body, OctetStream, $"{dataset} {ticker} {sessionDate:yyyy-MM-dd}")
            : ApiProblem.Of(StatusCodes.Status404NotFound, ApiProblem.NotFound, "There is no such payload."));
}
