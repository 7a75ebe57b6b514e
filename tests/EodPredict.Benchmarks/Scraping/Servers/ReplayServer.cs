using EodPredict.Replay.Vendor;
using EodPredict.Tests.Scraping.Simulation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace EodPredict.Benchmarks.Scraping.Servers;

/// <summary>The replay provider's limits, in this process.</summary>
internal static class ReplayServer
{
    public static Task<LimitedServer> StartSpacingAsync() => StartAsync("replay provider, strict 50/s, no burst", Scenarios.Strict(50, 1));

    public static Task<LimitedServer> StartSlidingAsync() => StartAsync("replay provider, sliding 50 per 1 s", Scenarios.Sliding(50, 1));

    public static Task<LimitedServer> StartBanAsync() =>
        StartAsync("replay provider, 50/s, 20 refusals in 2 s ban for 10 s", Scenarios.Ban(50, 10));

    private static async Task<LimitedServer> StartAsync(string name, Scenario scenario)
    {
        var refused = 0L;
        var limit = new EndpointLimit(scenario.Throttle, BenchmarkTime.Wall, BenchmarkTime.Wall);
        var origin = await Origin.StartAsync(LimitedServer.Latency, server => server.Use(async (context, next) =>
        {
            if (!limit.Enter().Admitted)
            {
                Interlocked.Increment(ref refused);
                context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
                return;
            }

            try
            {
                await next(context);
            }
            finally
            {
                limit.Leave();
            }
        }));
        return new(name, scenario, origin.Port, origin, () => Task.FromResult(Interlocked.Read(ref refused)), () => ValueTask.CompletedTask);
    }
}
