using EodPredict.Replay.Vendor;

namespace EodPredict.Tests.Scraping.Simulation;

/// <summary>The servers that a controller must do well on, none of them known to it.</summary>
internal static class Scenarios
{
    public static Scenario Bucket(double rate, double burst, double latency = 0.1) => new($"token bucket {rate}/s burst {burst}")
    {
        Latency = latency,
        Throttle = Limit(ThrottleShape.TokenBucket, rate, 1, burst),
    };

    public static Scenario Sliding(double limit, double window, bool counts = false, double latency = 0.1) =>
        new($"sliding {limit} per {window} s{(counts ? ", refusals count" : "")}")
        {
            Latency = latency,
            Throttle = Limit(ThrottleShape.SlidingWindow, limit, window, null, counts),
            Duration = Math.Max(180, 5 * window),
            Settled = Math.Max(10, 1.5 * window),
        };

    public static Scenario Fixed(double limit, double window, double latency = 0.1) => new($"fixed window {limit} per {window} s")
    {
        Latency = latency,
        Throttle = Limit(ThrottleShape.FixedWindow, limit, window, null),
        Duration = Math.Max(180, 10 * window),
        Settled = 5 * window,
    };

    public static Scenario Ban(double rate, double seconds, int processes = 1)
    {
        var limit = Limit(ThrottleShape.TokenBucket, rate, 1, rate);
        (limit.BanAfter, limit.BanFor) = (20, TimeSpan.FromSeconds(seconds));
        return new($"{rate}/s, 20 refusals in 2 s ban for {seconds} s{Of(processes)}") { Throttle = limit, Processes = processes };
    }

    public static Scenario Both(double rate, int inFlight, double latency = 0.1)
    {
        var limit = Limit(ThrottleShape.TokenBucket, rate, 1, rate);
        limit.MaxInFlight = inFlight;
        return new($"{rate}/s and {inFlight} in flight{(latency == 0.1 ? "" : $" at {latency * 1000:0} ms")}") { Throttle = limit, Latency = latency };
    }

    public static Scenario InFlight(int most, double latency = 0.1) => new($"{most} in flight")
    {
        Latency = latency,
        Throttle = new ThrottleOptions { Shape = ThrottleShape.None, MaxInFlight = most, SendRetryAfter = false },
    };

    public static Scenario Steps(params double[] rates) => new($"steps {string.Join('/', rates)} each minute")
    {
        Throttle = Limit(ThrottleShape.TokenBucket, rates[0], 1, rates.Average() / 2),
        Factor = at => rates[(int)(at / 60) % rates.Length] / rates[0],
        Duration = 60 * rates.Length,
    };

    public static Scenario Noisy(double rate, double others, bool random) =>
        new($"{rate}/s with neighbours {(random ? "at random " : "on and off ")}{others}/s")
        {
            Throttle = Limit(ThrottleShape.TokenBucket, rate, 1, rate),
            Neighbours = random ? _ => others : at => at % 40 >= 20 ? others : 0,
            NeighboursAtRandom = random,
        };

    public static Scenario Queue(int servers, double latency, double spread = 0.15) => new($"queue of {servers} servers at {latency} s")
    {
        Queue = servers,
        Latency = latency,
        Spread = spread,
    };

    public static Scenario Delaying(double rate) => new($"delays above {rate}/s without a word") { DelaysAbove = rate };

    public static Scenario Strict(double rate, double burst, int processes = 1, double latency = 0.1) =>
        new($"strict {rate}/s burst {burst}{Of(processes)}")
        {
            Latency = latency,
            Processes = processes,
            Throttle = Limit(ThrottleShape.TokenBucket, rate, 1, burst),
        };

    public static Scenario Slow(double rate) => Strict(rate, 2) with
    {
        Name = $"strict {rate}/s that is 3 times slower from 60 to 120 s",
        Slowness = at => at is >= 60 and < 120 ? 3 : 1,
    };

    public static Scenario Outage(double rate) => Bucket(rate, rate) with
    {
        Name = $"{rate}/s, away from 60 to 90 s, a tenth broken from 120 to 125 s",
        Faults = at => at is >= 60 and < 90 ? 1 : at is >= 120 and < 125 ? 0.1 : 0,
    };

    public static Scenario Lying(double rate, double retryAfter) => Strict(rate, 2) with
    {
        Name = $"strict {rate}/s that asks to wait {retryAfter} s",
        FalseRetryAfter = retryAfter,
    };

    public static Scenario Daily(double rate) => Bucket(rate, rate) with
    {
        Name = $"{rate}/s with a day of 4 minutes",
        Factor = at => 1 + (0.6 * Math.Sin(at / 240 * 2 * Math.PI)),
        Duration = 480,
    };

    public static IReadOnlyList<Scenario> All { get; } =
    [
        Bucket(50, 50), Sliding(50, 1), Strict(50, 2), Fixed(500, 10), Fixed(1000, 60), Sliding(50, 1, counts: true), Sliding(600, 60),
        Ban(50, 10), Ban(50, 60), Both(50, 6), Both(50, 6, 0.2), Steps(80, 20, 50, 10), Noisy(50, 25, random: false), Noisy(50, 25, random: true),
        Strict(2, 2, latency: 0.5) with { Duration = 300 }, Bucket(2, 2) with { Duration = 300 }, Bucket(500, 500, 0.2),
        Bucket(5000, 5000) with { Duration = 180 }, Strict(500, 2), Queue(10, 0.1), Queue(40, 0.3, 0.4), Delaying(50), Slow(50), Outage(50), Lying(50, 3600), Lying(50, 0), Daily(50),
        Strict(50, 2, 4), Ban(50, 10, 8),
        .. Shared,
    ];

    /// <summary>What processes that share the limit must do well on.</summary>
    public static IReadOnlyList<Scenario> Shared =>
    [
        Sharing(Strict(50, 2, 2)), Sharing(Strict(50, 2, 8)), Sharing(Bucket(50, 50) with { Processes = 8 }), Sharing(Ban(50, 10, 8)),
        Sharing(Ban(50, 60, 8)), Sharing(Sliding(50, 1) with { Processes = 8 }), Sharing(Steps(80, 20, 50, 10) with { Processes = 8 }),
        Sharing(Bucket(500, 500, 0.2) with { Processes = 8 }), Sharing(Fixed(500, 10) with { Processes = 8 }),
        Sharing(Queue(10, 0.1) with { Processes = 8 }), Sharing(Both(50, 6) with { Processes = 8 }), Killed, Paused, DatabaseRestarted,
    ];

    private static Scenario Killed => Sharing(Strict(50, 2, 8)) with
    {
        Name = "strict 50/s burst 2, 8 that share it, one killed every 20 s and back after 10",
        Stops = [.. Enumerable.Range(1, 8).Select(i => new ProcessStop(i % 8, 20 * i, (20 * i) + 10, IsKilled: true))],
    };

    private static Scenario Paused => Sharing(Strict(50, 2, 8)) with
    {
        Name = "strict 50/s burst 2, 8 that share it, two paused for 60 s",
        Stops = [new(0, 30, 90, IsKilled: false), new(5, 60, 120, IsKilled: false)],
    };

    private static Scenario DatabaseRestarted => Sharing(Strict(50, 2, 8)) with
    {
        Name = "strict 50/s burst 2, 8 that share it, the database away for 5 s each minute",
        DatabaseAway = at => at % 60 >= 30 && at % 60 < 35,
    };

    private static Scenario Sharing(Scenario scenario) => scenario with
    {
        IsShared = true,
        Name = $"{scenario.Name.Split(", 8 p")[0].Split(", 2 p")[0]}, {scenario.Processes} that share it",
    };

    public static Scenario Named(string name) => All.Single(scenario => scenario.Name == name);

    private static string Of(int processes) => processes == 1 ? "" : $", {processes} processes";

    private static ThrottleOptions Limit(ThrottleShape shape, double limit, double window, double? burst, bool counts = false) => new()
    {
        Shape = shape,
        Limit = limit,
        Window = TimeSpan.FromSeconds(window),
        Burst = burst,
        CountRefused = counts,
        SendRetryAfter = false,
    };
}
