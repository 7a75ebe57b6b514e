namespace EodPredict.Providers.Calendars;

/// <summary>One trading day of one market.</summary>
/// <param name="Date">The session date, in the market's own zone.</param>
/// <param name="Close">The instant at which its trading ended; half days included.</param>
/// <param name="IsHalfDay">Whether the market closed before its usual time.</param>
public readonly record struct TradingSession(DateOnly Date, DateTimeOffset Close, bool IsHalfDay);
