namespace EodPredict.Forecasting;

/// <summary>One session of a ticker's history.</summary>
/// <param name="SessionDate">The session date.</param>
/// <param name="Close">The instant of its close.</param>
/// <param name="Interval">What is known of the arrival.</param>
public readonly record struct PastArrival(DateOnly SessionDate, DateTimeOffset Close, ArrivalInterval Interval);
