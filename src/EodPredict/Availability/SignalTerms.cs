using EodPredict.Providers;

namespace EodPredict.Availability;

/// <summary>A cheap signal: what it costs and how often it is wrong.</summary>
/// <param name="Method">HEAD or status page.</param>
/// <param name="Price">In the unit of the other prices, not negative.</param>
/// <param name="FalseYes">The probability that it says "there" while it is not, from 0 to 1; each costs a GET.</param>
/// <param name="FalseNo">The probability that it says "not there" while it is, from 0 to below 1; each costs a wait until the next check.</param>
public readonly record struct SignalTerms(CheckMethod Method, double Price, double FalseYes, double FalseNo);
