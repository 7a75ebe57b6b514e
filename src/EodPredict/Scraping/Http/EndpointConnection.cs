using System.Net;
using System.Net.Http.Headers;
using EodPredict.Providers.Http;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace EodPredict.Scraping.Http;

/// <summary>
/// The way to one endpoint: bounded bodies, bounded time, HTTP/2 where it is offered, no redirects and no retries but where no connection
/// could be made. Whatever the server does becomes a <see cref="FetchedReply"/>. Safe for concurrent use.
/// </summary>
internal sealed class EndpointConnection : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    private readonly HttpMessageInvoker _http;
    private readonly (string Name, string Value)[] _headers;
    private readonly TimeProvider _wall;
    private readonly ResiliencePipeline<FetchedReply> _attempt;

    /// <exception cref="ScrapeRefusedException">A header's value is missing.</exception>
    public EndpointConnection(IEnumerable<RequestHeader> headers, TimeProvider wall)
    {
        _headers = [.. headers.Select(header => (header.Name, header.Resolve()))];
        _wall = wall;
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ActivityHeadersPropagator = null,
            AutomaticDecompression = DecompressionMethods.None,
            EnableMultipleHttp2Connections = true,
            ConnectTimeout = ConnectTimeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        });
        _attempt = new ResiliencePipelineBuilder<FetchedReply> { TimeProvider = wall }
            .AddRetry(new RetryStrategyOptions<FetchedReply>
            {
                MaxRetryAttempts = 1,
                Delay = TimeSpan.FromMilliseconds(100),
                UseJitter = false,
                ShouldHandle = new PredicateBuilder<FetchedReply>().Handle<Exception>(TransportFault.IsBeforeSending),
            })
            .AddTimeout(new TimeoutStrategyOptions { Timeout = Timeout })
            .Build();
    }

    /// <summary>The longest body that is taken, in bytes as they come and decompressed.</summary>
    public const int LongestBody = 64 << 20;

    /// <summary>Makes one attempt.</summary>
    /// <exception cref="OperationCanceledException">
    /// The caller cancelled; whether the request was sent is not known. Nothing else escapes.
    /// </exception>
    public async Task<FetchedReply> FetchAsync(Uri address, CancellationToken cancellationToken)
    {
        try
        {
            return await _attempt.ExecuteAsync(
                static (call, token) => call.Connection.FetchOnceAsync(call.Address, token),
                (Connection: this, Address: address),
                cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && TransportFault.Describe(e, Timeout) is not null)
        {
            return new FetchedReply(ReplyTriage.Fault(TransportFault.Describe(e, Timeout)!));
        }
    }

    public void Dispose() => _http.Dispose();

    private async ValueTask<FetchedReply> FetchOnceAsync(Uri address, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        request.Headers.TryAddWithoutValidation("Accept-Encoding", ReplyBody.Encodings);
        foreach (var (name, value) in _headers)
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await _http.SendAsync(request, cancellationToken);
        var now = response.Headers.Date ?? _wall.GetUtcNow();
        var verdict = ReplyTriage.Judge((int)response.StatusCode, LimitHeaders.Read(name => Header(response.Headers, name), now));
        var body = await ReadAsync(response.Content, cancellationToken);
        if (verdict.Kind != ReplyKind.Accepted)
        {
            return new FetchedReply(verdict, (int)response.StatusCode);
        }

        return body is null
            ? new FetchedReply(verdict with { Kind = ReplyKind.Permanent, Reason = $"The reply is longer than {LongestBody >> 20} MB." })
            : new FetchedReply(
                verdict, (int)response.StatusCode, response.Content.Headers.ContentType?.MediaType,
                response.Content.Headers.ContentEncoding.FirstOrDefault(), body);
    }

    // As it came; but whether it can be decompressed is found out now, and not when it is needed. Null where it is too long.
    private static async Task<byte[]?> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > LongestBody)
        {
            return null;
        }

        await using var wire = await content.ReadAsStreamAsync(cancellationToken);
        var body = new byte[content.Headers.ContentLength ?? 4096];
        var length = 0;
        while (true)
        {
            if (length == body.Length && content.Headers.ContentLength is null)
            {
                Array.Resize(ref body, Math.Min(2 * body.Length, LongestBody + 1));
            }

            var read = await wire.ReadAsync(body.AsMemory(length), cancellationToken);
            length += read;
            if (length > LongestBody)
            {
                return null;
            }

            if (read == 0)
            {
                Array.Resize(ref body, length);
                return StoredBody.IsWithin(body, content.Headers.ContentEncoding, LongestBody) ? body : null;
            }
        }
    }

    private static string? Header(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;
}
