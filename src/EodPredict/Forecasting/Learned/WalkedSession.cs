namespace EodPredict.Forecasting.Learned;

/// <summary>A past session, forecast as it would have been at its opening, and what came of it.</summary>
/// <param name="Ticker">The ticker.</param>
/// <param name="Arrival">What is known of its arrival.</param>
/// <param name="Experts">What the experts expected.</param>
/// <param name="Example">What the trees learn from it.</param>
internal sealed record WalkedSession(string Ticker, PastArrival Arrival, ArrivalLaw Experts, LearnedExample Example);
