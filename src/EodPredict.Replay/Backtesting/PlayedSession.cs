namespace EodPredict.Replay.Backtesting;

/// <summary>One session to be played, as a policy sees it: without the truth.</summary>
/// <param name="Index">Its number.</param>
/// <param name="Ticker">The ticker.</param>
/// <param name="SessionDate">The session date.</param>
/// <param name="Close">The instant of its close.</param>
internal readonly record struct PlayedSession(int Index, string Ticker, DateOnly SessionDate, DateTimeOffset Close);
