namespace EodPredict.Replay.Vendor;

/// <summary>What was asked about one ticker and session date.</summary>
/// <param name="Ticker">The ticker; empty where a page was asked for as a whole.</param>
/// <param name="SessionDate">The session date; null where none was named.</param>
/// <param name="Gets">GETs with a good key, throttled and faulty ones included.</param>
/// <param name="Found">GETs that were answered with the session's data.</param>
/// <param name="Heads">HEADs with a good key.</param>
/// <param name="Pages">Looks at the status page.</param>
public sealed record SessionUsage(string Ticker, DateOnly? SessionDate, long Gets, long Found, long Heads, long Pages);
