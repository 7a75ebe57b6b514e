using System.Buffers;
using System.Globalization;
using System.Net.ServerSentEvents;
using System.Text.Json;
using EodPredict.Availability;
using EodPredict.Jobs;
using EodPredict.Service.Health;
using Npgsql;

namespace EodPredict.Service.Events;

/// <summary>
/// Arrivals as server-sent events. A client holds nothing in the service but its place: one that reads slowly is written to no faster,
/// and one that comes back goes on where it was. Safe for concurrent use.
/// </summary>
internal sealed class EventStream(
    ArrivalLog arrivals, ArrivalWatch watch, IHostApplicationLifetime lifetime, [FromKeyedServices(WallClock.Key)] TimeProvider wall)
{
    /// <summary>The most clients of one process.</summary>
    public const int MostClients = 100;

    private const int PageSize = 200;

    private static readonly TimeSpan BetweenHeartbeats = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(1);

    /// <summary>Writes events until the client goes or the service stops.</summary>
    /// <param name="response">Where to.</param>
    /// <param name="after">The last event that the client has; null: only what comes from now on.</param>
    public async Task WriteAsync(HttpResponse response, long? after)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(response.HttpContext.RequestAborted, lifetime.ApplicationStopping);
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache";
        response.Headers["X-Accel-Buffering"] = "no";
        try
        {
            await WriteAsync(response, "retry: 2000\n\n", either.Token);
            await FollowAsync(response, after, either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // The client has gone, or the service stops and the client comes back.
        }
    }

    private async Task FollowAsync(HttpResponse response, long? after, CancellationToken cancellationToken)
    {
        var place = after;
        var beat = Task.Delay(BetweenHeartbeats, wall, cancellationToken);
        while (true)
        {
            var next = watch.NextAsync(cancellationToken);
            if (!(place < watch.Newest) && await Task.WhenAny(next, beat) == beat)
            {
                await WriteAsync(response, ": heartbeat\n\n", cancellationToken);
                beat = Task.Delay(BetweenHeartbeats, wall, cancellationToken);
            }
            else if (place is { } from)
            {
                place = await WriteAsync(response, from, watch.Newest, cancellationToken);
            }
            else
            {
                // A client that is cut off before its first event comes back to here.
                place = await next;
                await WriteAsync(response, string.Create(CultureInfo.InvariantCulture, $"id: {place}\n\n"), cancellationToken);
            }
        }
    }

    private static async Task WriteAsync(HttpResponse response, string text, CancellationToken cancellationToken)
    {
        await response.WriteAsync(text, cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }

    // The place reached: the horizon, or the last event where the database has gone meanwhile.
    private async Task<long> WriteAsync(HttpResponse response, long from, long horizon, CancellationToken cancellationToken)
    {
        var place = from;
        while (place < horizon)
        {
            List<ArrivalEvent> page;
            try
            {
                page = await arrivals.AfterAsync(place, horizon, PageSize, cancellationToken);
            }
            catch (NpgsqlException)
            {
                await Task.Delay(AfterFault, wall, cancellationToken);
                return place;
            }

            await SseFormatter.WriteAsync(
                Items(page), response.Body,
                Write,
                cancellationToken);
            await response.Body.FlushAsync(cancellationToken);
            place = page.Count < PageSize ? horizon : page[^1].Id;
        }

        return place;
    }

    private static void Write(SseItem<ArrivalEvent> item, IBufferWriter<byte> to)
    {
        using var json = new Utf8JsonWriter(to);
        JsonSerializer.Serialize(json, item.Data, Readiness.Json);
    }

    private static async IAsyncEnumerable<SseItem<ArrivalEvent>> Items(IEnumerable<ArrivalEvent> page)
    {
        foreach (var arrival in page)
        {
            yield return new SseItem<ArrivalEvent>(arrival, "arrival") { EventId = arrival.Id.ToString(CultureInfo.InvariantCulture) };
        }

        await Task.CompletedTask;
    }
}
