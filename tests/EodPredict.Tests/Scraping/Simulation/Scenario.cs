using EodPredict.Replay.Vendor;

namespace EodPredict.Tests.Scraping.Simulation;

/// <summary>A server, its limit over time and the way to it. Times in seconds since the run's start.</summary>
internal sealed record Scenario(string Name)
{
    public double Duration { get; init; } = 180;

    /// <summary>The vendor's own limit; its rate is scaled by <see cref="Factor"/>.</summary>
    public ThrottleOptions Throttle { get; init; } = new() { Shape = ThrottleShape.None };

    /// <summary>How much faster than at first the limit's clock runs at an instant.</summary>
    public Func<double, double> Factor { get; init; } = _ => 1;

    /// <summary>Mean requests per second that others send against the same limit.</summary>
    public Func<double, double> Neighbours { get; init; } = _ => 0;

    /// <summary>Whether the others come at random rather than evenly.</summary>
    public bool NeighboursAtRandom { get; init; }

    /// <summary>Seconds that a served request takes, at the median, from sending to reply.</summary>
    public double Latency { get; init; } = 0.1;

    /// <summary>Standard deviation of the logarithm of the time at the server.</summary>
    public double Spread { get; init; } = 0.15;

    /// <summary>Mean random delay on the way to the server, in seconds.</summary>
    public double Jitter { get; init; } = 0.001;

    /// <summary>Mean seconds by which the sender wakes later than it wanted.</summary>
    public double Lateness { get; init; }

    /// <summary>Seconds that each of the first five replies takes besides: connecting, warming up.</summary>
    public double SlowStart { get; init; }

    /// <summary>Servers behind one queue; 0 for no queue. A request that would wait for more than 2 s is refused.</summary>
    public int Queue { get; init; }

    /// <summary>Requests per second beyond which the server delays without a word; 0 for never.</summary>
    public double DelaysAbove { get; init; }

    /// <summary>What all times at the server are multiplied by.</summary>
    public Func<double, double> Slowness { get; init; } = _ => 1;

    /// <summary>The share of requests that fail at an instant.</summary>
    public Func<double, double> Faults { get; init; } = _ => 0;

    /// <summary>Replaces what refusals ask for, in seconds: servers that lie.</summary>
    public double? FalseRetryAfter { get; init; }

    /// <summary>Controllers that send, each on its own.</summary>
    public int Processes { get; init; } = 1;

    /// <summary>Whether they share the limit through a database.</summary>
    public bool IsShared { get; init; }

    /// <summary>Processes that are killed or paused.</summary>
    public IReadOnlyList<ProcessStop> Stops { get; init; } = [];

    /// <summary>Whether the database does not answer at an instant.</summary>
    public Func<double, bool> DatabaseAway { get; init; } = _ => false;

    /// <summary>From when on the settled figures count.</summary>
    public double Settled { get; init; } = 10;

    /// <summary>What the server would serve per second at an instant, to us.</summary>
    public double Capacity(double at)
    {
        var rate = DelaysAbove > 0 ? DelaysAbove
            : Queue > 0 ? Queue / (Latency * (1 - NetworkShare) * Math.Exp(Spread * Spread / 2))
            : Throttle.Shape == ThrottleShape.None ? double.PositiveInfinity
            : Throttle.Limit / Throttle.Window.TotalSeconds * Factor(at);
        if (Throttle.MaxInFlight > 0)
        {
            rate = Math.Min(rate, Throttle.MaxInFlight / (Latency * Slowness(at)));
        }

        return Math.Max(0, rate - Neighbours(at)) * (1 - Faults(at));
    }

    /// <summary>The share of the latency that is spent on the way, half of it there and half back.</summary>
    public const double NetworkShare = 0.2;
}
