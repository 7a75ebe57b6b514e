namespace EodPredict.Service.Pages.Why;

/// <summary>A ticker that goes together with the one explained.</summary>
/// <param name="Ticker">Which.</param>
/// <param name="Kind">batch or group.</param>
/// <param name="Trust">In a batch, how often it lands with the others; in a group, how far it follows.</param>
/// <param name="State">Of its session on that date; null: not opened.</param>
/// <param name="LastNotYetAt">When it was last not there.</param>
/// <param name="FoundAt">When it was found.</param>
public sealed record WhyCompanion(
    string Ticker, string Kind, double Trust, string? State, DateTimeOffset? LastNotYetAt, DateTimeOffset? FoundAt);
