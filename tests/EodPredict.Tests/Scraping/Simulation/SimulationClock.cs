namespace EodPredict.Tests.Scraping.Simulation;

/// <summary>A clock that shows what it was set to.</summary>
internal sealed class SimulationClock : TimeProvider
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch + TimeSpan.FromDays(20_000);

    public TimeSpan Now { get; set; }

    public override DateTimeOffset GetUtcNow() => Start + Now;
}
