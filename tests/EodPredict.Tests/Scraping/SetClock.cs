namespace EodPredict.Tests.Scraping;

/// <summary>A clock that shows what it was set to; its timers are those of the wall clock.</summary>
internal sealed class SetClock : TimeProvider
{
    public required DateTimeOffset Now { get; set; }

    public override DateTimeOffset GetUtcNow() => Now;
}
