using EodPredict.Scraping.Limit;

namespace EodPredict.Tests.Scraping.Simulation;

/// <summary>What a simulated server makes of one request.</summary>
/// <param name="Outcome">What it answers.</param>
/// <param name="Takes">How long until the reply leaves.</param>
/// <param name="Hint">What its headers say.</param>
internal readonly record struct SimulatedReply(AttemptOutcome Outcome, TimeSpan Takes, LimitHint Hint);
