using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace EodPredict.Replay.Vendor;

/// <summary>What each request of one endpoint passes before its answer: limit, latency, faults. Safe for concurrent use.</summary>
internal sealed class EndpointGate(
    string endpoint,
    ThrottleOptions throttle,
    FaultOptions faults,
    int seed,
    VendorCounters counters,
    TimeProvider serviceClock,
    TimeProvider wallClock)
{
    private readonly EndpointLimit _limit = new(throttle, serviceClock, wallClock);
    private readonly FaultDraw _faults = new(faults, seed, endpoint);
    private long _requests;

    /// <summary>Lets the request through to its answer, refuses it or spoils it. Answers show the instant it came in.</summary>
    public async Task PassAsync(HttpContext context, RequestKind kind, Func<DateTimeOffset, VendorAnswer> answer, CancellationToken stop)
    {
        var now = serviceClock.GetUtcNow();
        var number = Interlocked.Increment(ref _requests) - 1;
        var decision = _limit.Enter();
        if (throttle.SendRateLimitHeaders && decision.Remaining is { } remaining)
        {
            context.Response.Headers["X-RateLimit-Limit"] = decision.Limit.ToString(CultureInfo.InvariantCulture);
            context.Response.Headers["X-RateLimit-Remaining"] = remaining.ToString(CultureInfo.InvariantCulture);
        }

        if (!decision.Admitted)
        {
            counters.Throttled(kind);
            await Replies.SendThrottledAsync(context, throttle, decision, stop);
            return;
        }

        try
        {
            counters.Charged(kind);
            await AnswerAsync(context, number, now, answer, stop);
        }
        finally
        {
            _limit.Leave();
        }
    }

    private async Task AnswerAsync(
        HttpContext context, long number, DateTimeOffset now, Func<DateTimeOffset, VendorAnswer> answer, CancellationToken stop)
    {
        var latency = _faults.Latency(number);
        if (latency > TimeSpan.Zero)
        {
            await Task.Delay(latency, wallClock, stop);
        }

        var fault = _faults.Kind(number, now);
        if (fault != FaultKind.None)
        {
            counters.Faulted();
            await FaultyReply.SendAsync(context, fault, faults, new(seed), number, stop);
            return;
        }

        await Replies.SendAsync(context, answer(now), stop);
    }
}
