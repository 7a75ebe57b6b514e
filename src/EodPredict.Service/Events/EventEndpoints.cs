using System.Globalization;
using EodPredict.Service.Api;

namespace EodPredict.Service.Events;

/// <summary>The live stream of arrivals.</summary>
internal static class EventEndpoints
{
    private const string LastEventId = "Last-Event-ID";

    public static void MapEvents(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/events", AnswerAsync)
            .WithSummary("Arrivals as server-sent events, from an event on or from now on")
            .Produces<string>(contentType: "text/event-stream");

    // A browser's own header says where to go on; a first request may say it in the address.
    private static async Task AnswerAsync(HttpContext context, EventStream stream, ArrivalWatch watch, string? since)
    {
        var asked = context.Request.Headers[LastEventId].ToString() is { Length: > 0 } header ? header : since;
        long? after = null;
        if (asked is { Length: > 0 })
        {
            if (!long.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            {
                await ApiProblem.Invalid($"{LastEventId} and since take the id of an event, or 0 for all; '{asked}' is none.")
                    .ExecuteAsync(context);
                return;
            }

            after = id;
        }

        if (!watch.TryEnter(EventStream.MostClients))
        {
            context.Response.Headers.RetryAfter = "10";
            await ApiProblem.Of(
                StatusCodes.Status503ServiceUnavailable, "too_many_streams",
                $"{EventStream.MostClients} clients read the stream of this process. Close one, or ask another process.").ExecuteAsync(context);
            return;
        }

        try
        {
            await stream.WriteAsync(context.Response, after);
        }
        finally
        {
            watch.Leave();
        }
    }
}
