namespace EodPredict.Forecasting;

/// <summary>How fast past sessions are forgotten, and how what is remembered is carried to today.</summary>
/// <param name="HalfLife">The number of sessions after which one counts half; of the same weekday, where only those count.</param>
/// <param name="SameWeekday">Whether only sessions of the same weekday count.</param>
/// <param name="Carried">
/// The row of <see cref="ArrivalMoves"/>: 0 where past arrivals stand as they were, else one more than the level of
/// <see cref="MovingLevels"/> that they are carried along with.
/// </param>
internal readonly record struct RecencyMemory(double HalfLife, bool SameWeekday, int Carried = 0);
