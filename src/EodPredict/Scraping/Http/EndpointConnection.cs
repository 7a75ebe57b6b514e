using System.Net;
using System.Net.Http.Headers;
using EodPredict.Providers.Http;
using EodPredict.Scraping.Limit;
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
    private readonly ResiliencePipeline<FetchedReply> _again;
    private readonly SharedDeadlines _deadlines;

    // The header Content-Type is the same for nearly all replies: as it came, and what it says.
    private KnownType? _type;

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
        _deadlines = new(Timeout, wall);
        _again = new ResiliencePipelineBuilder<FetchedReply> { TimeProvider = wall }
            .AddRetry(new RetryStrategyOptions<FetchedReply>
            {
                MaxRetryAttempts = 1,
                Delay = TimeSpan.FromMilliseconds(100),
                UseJitter = false,
                ShouldHandle = new PredicateBuilder<FetchedReply>().Handle<Exception>(TransportFault.IsBeforeSending),
            })
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
        var deadline = _deadlines.Begin(cancellationToken);
        try
        {
            return await FetchOnceAsync(address, deadline);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && Fault(e, deadline) is not null)
        {
            return TransportFault.IsBeforeSending(e)
                ? await FetchAgainAsync(address, cancellationToken)
                : new FetchedReply(ReplyTriage.Fault(Fault(e, deadline)!));
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _deadlines.Dispose();
    }

    private async Task<FetchedReply> FetchAgainAsync(Uri address, CancellationToken cancellationToken)
    {
        var deadline = _deadlines.Begin(cancellationToken);
        try
        {
            return await _again.ExecuteAsync(
                static (call, token) => new ValueTask<FetchedReply>(call.Connection.FetchOnceAsync(call.Address, token)),
                (Connection: this, Address: address),
                deadline);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && Fault(e, deadline) is not null)
        {
            return new FetchedReply(ReplyTriage.Fault(Fault(e, deadline)!));
        }
    }

    // What is cancelled without having been told so ran out of time.
    private static string? Fault(Exception e, CancellationToken deadline) => TransportFault.Describe(
        e is OperationCanceledException { InnerException: not TimeoutException } && deadline.IsCancellationRequested
            ? new TimeoutRejectedException(Timeout) : e,
        Timeout);

    private async Task<FetchedReply> FetchOnceAsync(Uri address, CancellationToken cancellationToken)
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
        var verdict = ReplyTriage.Judge((int)response.StatusCode, Hint(response.Headers));
        var encodings = response.Content.Headers.NonValidated.Contains("Content-Encoding") ? response.Content.Headers.ContentEncoding : [];
        var body = await ReadAsync(response.Content, encodings, cancellationToken);
        if (verdict.Kind != ReplyKind.Accepted)
        {
            return new FetchedReply(verdict, (int)response.StatusCode);
        }

        return body is null
            ? new FetchedReply(verdict with { Kind = ReplyKind.Permanent, Reason = $"The reply is longer than {LongestBody >> 20} MB." })
            : new FetchedReply(verdict, (int)response.StatusCode, Type(response.Content.Headers), encodings.FirstOrDefault(), body);
    }

    // Nearly no reply says anything of the limit, and to look for each name costs more than to look at each header.
    private LimitHint Hint(HttpResponseHeaders headers)
    {
        foreach (var (name, _) in headers.NonValidated)
        {
            if (LimitHeaders.Tells(name))
            {
                return LimitHeaders.Read(name => Header(headers, name), headers.Date ?? _wall.GetUtcNow());
            }
        }

        return default;
    }

    private string? Type(HttpContentHeaders headers)
    {
        var text = headers.NonValidated.TryGetValues("Content-Type", out var values) ? values.ToString() : null;
        var last = Volatile.Read(ref _type);
        if (last is null || last.Text != text)
        {
            Volatile.Write(ref _type, last = new(text, headers.ContentType?.MediaType));
        }

        return last.Type;
    }

    // As it came; but whether it can be decompressed is found out now, and not when it is needed. Null where it is too long.
    private static async ValueTask<byte[]?> ReadAsync(HttpContent content, ICollection<string> encodings, CancellationToken cancellationToken)
    {
        var told = content.Headers.ContentLength;
        if (told > LongestBody)
        {
            return null;
        }

        await using var wire = await content.ReadAsStreamAsync(cancellationToken);
        var body = new byte[told ?? 4096];
        var length = 0;
        while (true)
        {
            if (length == body.Length && told is null)
            {
                Array.Resize(ref body, Math.Min(2 * body.Length, LongestBody + 1));
            }

            var read = await wire.ReadAsync(body.AsMemory(length), cancellationToken);
            length += read;
            if (length > LongestBody)
            {
                return null;
            }

            if (read == 0 || length == told)
            {
                Array.Resize(ref body, length);
                return StoredBody.IsWithin(body, encodings, LongestBody) ? body : null;
            }
        }
    }

    private static string? Header(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;

    private sealed record KnownType(string? Text, string? Type);
}
