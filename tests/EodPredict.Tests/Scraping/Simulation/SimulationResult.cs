using EodPredict.Scraping.Limit;

namespace EodPredict.Tests.Scraping.Simulation;

/// <summary>What one run came to.</summary>
internal sealed record SimulationResult
{
    /// <summary>Accepted / capacity over the whole run, the cold start included.</summary>
    public double Goodput { get; init; }

    /// <summary>Refused / sent over the whole run.</summary>
    public double Refused { get; init; }

    /// <summary>Accepted / capacity once settled.</summary>
    public double SettledGoodput { get; init; }

    /// <summary>Refused / sent once settled.</summary>
    public double SettledRefused { get; init; }

    /// <summary>The 95th percentile of the latency of accepted requests once settled, in seconds.</summary>
    public double Latency95 { get; init; }

    /// <summary>(Sum of shares)² / (n · sum of squares) over the processes' accepted requests.</summary>
    public double Fairness { get; init; }

    /// <summary>The longest time for which everything was refused, in seconds.</summary>
    public double LongestRefusal { get; init; }

    /// <summary>Exchanges with the database, per process and second.</summary>
    public double Exchanges { get; init; }

    /// <summary>Every attempt in the order of sending.</summary>
    public IReadOnlyList<Attempt> Attempts { get; init; } = [];
}
