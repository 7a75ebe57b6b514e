using System.Globalization;
using System.Net.ServerSentEvents;

namespace EodPredict.Service.Tests;

/// <summary>A client of the event stream, by the framework's own parser.</summary>
internal sealed class EventReader : IAsyncDisposable
{
    private readonly HttpClient _http = new();
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromSeconds(60), TestTime.Wall);
    private IAsyncEnumerator<SseItem<string>> _events = null!;

    private EventReader()
    {
    }

    public static async Task<EventReader> OpenAsync(Uri address, long? last)
    {
        var reader = new EventReader();
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (last is { } id)
        {
            request.Headers.Add("Last-Event-ID", id.ToString(CultureInfo.InvariantCulture));
        }

        var reply = await reader._http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, reader._patience.Token);
        Assert.Equal("text/event-stream", reply.Content.Headers.ContentType?.MediaType);
        var body = await reply.Content.ReadAsStreamAsync(reader._patience.Token);
        reader._events = SseParser.Create(body).EnumerateAsync(reader._patience.Token).GetAsyncEnumerator();
        return reader;
    }

    public async Task<SseItem<string>> NextAsync()
    {
        Assert.True(await _events.MoveNextAsync());
        return _events.Current;
    }

    public async ValueTask DisposeAsync()
    {
        await _events.DisposeAsync();
        _patience.Dispose();
        _http.Dispose();
    }
}
