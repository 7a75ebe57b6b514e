namespace EodPredict.Scraping.Limit;

/// <summary>One request and what became of it. Every retry is an attempt of its own.</summary>
/// <param name="SentAt">When it was sent, since any origin that all attempts share.</param>
/// <param name="FinishedAt">When its reply was read or given up, since the same origin.</param>
/// <param name="InFlight">How many others were in flight when it was sent; 0 or more.</param>
/// <param name="Outcome">What it told.</param>
/// <param name="Hint">What the reply's headers said about the limit; default where they said nothing.</param>
public readonly record struct Attempt(TimeSpan SentAt, TimeSpan FinishedAt, int InFlight, AttemptOutcome Outcome, LimitHint Hint = default);
