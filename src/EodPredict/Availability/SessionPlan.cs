namespace EodPredict.Availability;

/// <summary>A session that is about to be opened.</summary>
/// <param name="Ticker">The ticker.</param>
/// <param name="SessionDate">The session date.</param>
/// <param name="Close">The instant of its close.</param>
/// <param name="Next">Its first check.</param>
/// <param name="LawMinutes">Minutes since the close by which 5, 25, 50, 75 and 95% of the law have arrived.</param>
internal sealed record SessionPlan(string Ticker, DateOnly SessionDate, DateTimeOffset Close, NextCheck Next, double[] LawMinutes);
