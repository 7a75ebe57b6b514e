using EodPredict.Providers;

namespace EodPredict.Availability;

/// <summary>What is stored of a plan: its next check.</summary>
/// <param name="At">When, on the service's clock.</param>
/// <param name="Method">How it asks.</param>
/// <param name="Why">The reason, in a sentence that a person understands.</param>
internal sealed record NextCheck(DateTimeOffset At, CheckMethod Method, string Why);
