using System.Net.Http.Headers;
using EodPredict.Providers.Replies;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace EodPredict.Providers.Http;

/// <summary>
/// The way to one provider: no more calls at a time than it bears, each in bounded time and size. Whatever the provider does becomes a
/// <see cref="RawReply"/>. Safe for any thread.
/// </summary>
internal sealed class ProviderConnection : IDisposable
{
    private readonly ProviderAccess _access;
    private readonly TimeProvider _wall;
    private readonly HttpClient _client;
    private readonly SemaphoreSlim _inFlight;
    private readonly ResiliencePipeline _once;
    private readonly ResiliencePipeline _signal;

    public ProviderConnection(ProviderAccess access, TimeProvider wall)
    {
        _access = access;
        _wall = wall;
        _inFlight = new SemaphoreSlim(access.MaxInFlight);
        _client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ActivityHeadersPropagator = null,

            // The handler silently sends a GET again when a reused connection turns out to be dead, which would spend it twice.
            PooledConnectionLifetime = TimeSpan.Zero,
            MaxResponseDrainSize = 0,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        var timeout = new TimeoutStrategyOptions { Timeout = access.Timeout };
        _once = new ResiliencePipelineBuilder { TimeProvider = wall }.AddTimeout(timeout).Build();
        _signal = new ResiliencePipelineBuilder { TimeProvider = wall }
            .AddTimeout(timeout)
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = 2,
                Delay = TimeSpan.FromMilliseconds(250),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = false,
                ShouldHandle = new PredicateBuilder().Handle<Exception>(TransportFault.IsBeforeSending),
            })
            .Build();
    }

    /// <summary>
    /// Sends one call. A GET is sent once; a cheap signal is sent again where no connection could be made. Tells <c>sending</c> each time
    /// just before the call goes out.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller cancelled. Nothing else escapes.</exception>
    public async Task<RawReply> SendAsync(CheckMethod method, Uri address, Action sending, CancellationToken cancellationToken)
    {
        var head = new RawReply();
        await _inFlight.WaitAsync(cancellationToken);
        try
        {
            return await (method == CheckMethod.Get ? _once : _signal).ExecuteAsync(
                async token =>
                {
                    sending();
                    return await SendOnceAsync(method, address, received => head = received, token);
                },
                cancellationToken);
        }
        catch (Exception exception) when (
            !cancellationToken.IsCancellationRequested && TransportFault.Describe(exception, _access.Timeout) is not null)
        {
            return head with { Fault = TransportFault.Describe(exception, _access.Timeout) };
        }
        finally
        {
            _inFlight.Release();
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        _inFlight.Dispose();
    }

    private async Task<RawReply> SendOnceAsync(
        CheckMethod method, Uri address, Action<RawReply> headReceived, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method == CheckMethod.Head ? HttpMethod.Head : HttpMethod.Get, address);
        foreach (var (name, value) in _access.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value.Replace("{key}", _access.Key.Value, StringComparison.Ordinal));
        }

        // The length in the reply to a HEAD means something only for the plain body.
        request.Headers.TryAddWithoutValidation("Accept-Encoding", method == CheckMethod.Head ? "identity" : ReplyBody.Encodings);

        using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        var reply = new RawReply
        {
            Status = (int)response.StatusCode,
            ContentType = response.Content.Headers.ContentType?.MediaType,
            Validators = ValidatorsOf(response),
            RetryAfter = Header(response.Headers, "Retry-After"),
            Location = Header(response.Headers, "Location"),
            ReceivedAt = _wall.GetUtcNow(),
        };
        headReceived(reply);
        if (method == CheckMethod.Head) return reply;

        return await ReplyBody.ReadAsync(response.Content, _access.MaxReplyBytes, cancellationToken) is { } body
            ? reply with { Body = body }
            : reply with { Fault = $"The reply is longer than {_access.MaxReplyBytes} bytes; the rest was not read." };
    }

    private Validators ValidatorsOf(HttpResponseMessage response)
    {
        var tag = Header(response.Headers, "ETag");
        return new Validators(
            tag is { Length: <= 200 } ? _access.Key.Redact(tag) : null,
            response.Content.Headers.ContentEncoding.Count == 0 ? response.Content.Headers.ContentLength : null,
            response.Content.Headers.LastModified);
    }

    private static string? Header(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
