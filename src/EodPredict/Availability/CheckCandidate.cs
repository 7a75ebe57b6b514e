namespace EodPredict.Availability;

/// <summary>An instant at which the next check could be made.</summary>
/// <param name="At">When, as time since the close.</param>
/// <param name="ProbabilityThere">The probability that the data is there at that time.</param>
/// <param name="ExpectedCost">What it is expected to cost if the next GET is made then, waiting and all that follows included.</param>
public sealed record CheckCandidate(TimeSpan At, double ProbabilityThere, double ExpectedCost);
