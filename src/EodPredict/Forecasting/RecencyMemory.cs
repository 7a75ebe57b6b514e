namespace EodPredict.Forecasting;

/// <summary>How fast past sessions are forgotten.</summary>
/// <param name="HalfLife">The number of sessions after which one counts half; of the same weekday, where only those count.</param>
/// <param name="SameWeekday">Whether only sessions of the same weekday count.</param>
internal readonly record struct RecencyMemory(double HalfLife, bool SameWeekday);
