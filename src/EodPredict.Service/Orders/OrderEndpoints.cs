using System.Text.Json;
using EodPredict.Orders;
using EodPredict.Service.Api;
using EodPredict.Service.Health;
using EodPredict.Service.History;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace EodPredict.Service.Orders;

/// <summary>The trade history by HTTP, for scripts without a PostgreSQL driver; every call may be made again after any failure.</summary>
internal static class OrderEndpoints
{
    private const int MostRows = 1000;

    private static readonly BodyOf Body = new(typeof(OrderRequest));

    public static void MapOrders(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/orders", (HttpRequest request, OrderStore store) => AnswerAsync(request, async order =>
        {
            var given = new NewOrder(Key(order), (order.Payload ?? throw Missing("payload")).GetRawText(), order.OrderId);
            var (id, created) = await store.RecordAsync(Source(order), given, request.HttpContext.RequestAborted);
            return Json(new OrderReceipt(id, created), created ? StatusCodes.Status201Created : StatusCodes.Status200OK);
        })).WithSummary("Records an order once; the same again gives the same id").WithMetadata(Body)
            .Produces<OrderReceipt>(StatusCodes.Status201Created).Produces<OrderReceipt>();
        routes.MapPost("/api/orders/reserve", (HttpRequest request, OrderStore store) => AnswerAsync(request, async order =>
            Json(new OrderReservation(await store.ReserveAsync(Source(order), Key(order), request.HttpContext.RequestAborted)))))
            .WithSummary("Reserves the id of an order that is recorded later").WithMetadata(Body).Produces<OrderReservation>();
        routes.MapPost("/api/orders/lease", (HttpRequest request, OrderStore store) => AnswerAsync(request, async order =>
        {
            var worker = order.Worker is { Length: > 0 } name ? name : throw Missing("worker");
            var lease = await store.LeaseAsync(worker, order.Blocks ?? 1, request.HttpContext.RequestAborted);
            return Json(new LeasedRanges([.. lease.Ranges.Select(range => new LeasedRange(range.First, range.Last))]));
        })).WithSummary("Leases blocks of ids to a worker").WithMetadata(Body).Produces<LeasedRanges>();
        routes.MapGet("/api/orders", (HttpRequest request, OrderStore store, string? since, int? max) => AnswerAsync(async () =>
        {
            var orders = await store.SinceAsync(since ?? "", max ?? MostRows, request.HttpContext.RequestAborted);
            return Json(new OrderPage(
                [.. orders.Select(order => new OrderEntry(
                    order.OrderId, order.Source, order.ClientKey, JsonSerializer.Deserialize<JsonElement>(order.Payload), order.RecordedAt))],
                orders.Count > 0 ? orders[^1].NextCursor : since ?? ""));
        })).WithSummary("Orders after a cursor, in the order of their commits").Produces<OrderPage>();
        routes.MapGet("/api/orders/recorded", ([AsParameters] OrderFilter filter, OrderSearch search, CancellationToken cancellationToken) =>
            AnswerAsync(async () => HistoryFilter.Fault(filter.Max) ?? Json(await search.FindAsync(filter, cancellationToken))))
            .WithSummary("Recorded orders, the latest first; by source, key, id or text").Produces<FoundOrders>();
        routes.MapGet("/api/orders/{order_id:long}", (
            [FromRoute(Name = "order_id")] long orderId, OrderSearch search, CancellationToken cancellationToken) =>
            AnswerAsync(async () => await search.FindAsync(orderId, cancellationToken) is { } order ? Json(order) : ApiProblem.Of(
                StatusCodes.Status404NotFound, ApiProblem.NotFound, $"No order is recorded under {orderId}.")))
            .WithSummary("One recorded order").Produces<OrderEntry>();
        routes.MapGet("/api/orders/ledger", (HttpRequest request, OrderStore store) => AnswerAsync(async () =>
            Json(new OrderLedger(await store.LedgerAsync(request.HttpContext.RequestAborted)))))
            .WithSummary("What became of every id, by source and worker").Produces<OrderLedger>();
    }

    private static Task<IResult> AnswerAsync(HttpRequest request, Func<OrderRequest, Task<IResult>> answer) => AnswerAsync(async () =>
    {
        var order = await JsonSerializer.DeserializeAsync<OrderRequest>(request.Body, Readiness.Json, request.HttpContext.RequestAborted);
        return await answer(order ?? throw new JsonException("the body is empty"));
    });

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
        catch (FormatException e)
        {
            return ApiProblem.Of(StatusCodes.Status400BadRequest, "bad_cursor", e.Message);
        }
        catch (OrderRefusedException e)
        {
            return ApiProblem.Of(Status(e.SqlState), Code(e.SqlState), e.Message, ("sql_state", e.SqlState));
        }
        catch (NpgsqlException e) when (e is not PostgresException)
        {
            return ApiProblem.Away("Send the same again: a key has one id.");
        }
    }

    private static int Status(string sqlState) => sqlState switch
    {
        OrderRefusedException.OtherPayload or OrderRefusedException.NotLeased or OrderRefusedException.IdTaken => StatusCodes.Status409Conflict,
        OrderRefusedException.NotSafe or OrderRefusedException.SpaceUsedUp => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status400BadRequest,
    };

    private static string Code(string sqlState) => sqlState switch
    {
        OrderRefusedException.OtherPayload => "other_payload",
        OrderRefusedException.NotLeased => "not_leased",
        OrderRefusedException.IdTaken => "id_taken",
        OrderRefusedException.NotSafe => "ids_not_safe",
        OrderRefusedException.SpaceUsedUp => "ids_used_up",
        OrderRefusedException.BadCursor => "bad_cursor",
        _ => ApiProblem.InvalidRequest,
    };

    private static string Source(OrderRequest order) => order.Source is { Length: > 0 } source ? source : throw Missing("source");

    private static string Key(OrderRequest order) => order.ClientKey is { Length: > 0 } key ? key : throw Missing("client_key");

    private static JsonException Missing(string field) => new($"{field} is missing.");

    private static IResult Json(object value, int status = StatusCodes.Status200OK) => Results.Json(value, Readiness.Json, statusCode: status);
}
