using System.Threading.RateLimiting;
using EodPredict.Tests.Scraping.Simulation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace EodPredict.Benchmarks.Scraping.Servers;

/// <summary>ASP.NET Core with its own rate limiter, in this process.</summary>
internal static class AspNetServer
{
    /// <summary>Five tokens each 100 ms, as its documentation has it: a bucket that is filled in lumps.</summary>
    public static Task<LimitedServer> StartTokensAsync() => StartAsync(
        "ASP.NET Core token bucket 50/s, 5 each 100 ms, burst 50", Scenarios.Bucket(50, 50), () => new TokenBucketRateLimiter(new()
        {
            TokenLimit = 50, TokensPerPeriod = 5, ReplenishmentPeriod = TimeSpan.FromMilliseconds(100), QueueLimit = 0,
        }));

    public static Task<LimitedServer> StartFixedAsync() => StartAsync(
        "ASP.NET Core fixed window 500 per 10 s", Scenarios.Fixed(500, 10),
        () => new FixedWindowRateLimiter(new() { PermitLimit = 500, Window = TimeSpan.FromSeconds(10), QueueLimit = 0 }));

    public static Task<LimitedServer> StartSlidingAsync() => StartAsync(
        "ASP.NET Core sliding window 50 per 1 s in 10 parts", Scenarios.Sliding(50, 1), () => new SlidingWindowRateLimiter(new()
        {
            PermitLimit = 50, Window = TimeSpan.FromSeconds(1), SegmentsPerWindow = 10, QueueLimit = 0,
        }));

    private static async Task<LimitedServer> StartAsync(string name, Scenario scenario, Func<RateLimiter> limit)
    {
        var refused = 0L;
        var origin = await Origin.StartAsync(
            LimitedServer.Latency, server => server.UseRateLimiter(), services => services.AddRateLimiter(options =>
            {
                options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
                options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, int>(_ => RateLimitPartition.Get(0, _ => limit()));
                options.OnRejected = (_, _) =>
                {
                    Interlocked.Increment(ref refused);
                    return ValueTask.CompletedTask;
                };
            }));
        return new(name, scenario, origin.Port, origin, () => Task.FromResult(Interlocked.Read(ref refused)), () => ValueTask.CompletedTask);
    }
}
