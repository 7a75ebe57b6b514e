namespace EodPredict.Service.Pages.Throttle;

/// <summary>What an endpoint bore in one hour of the week.</summary>
/// <param name="Weekday">From 1, Monday, to 7.</param>
/// <param name="Hour">Of the day, UTC.</param>
/// <param name="Minutes">Minutes in which it was asked.</param>
/// <param name="Touched">Those in which the limit was met; where none, it is higher than what was served.</param>
/// <param name="PerSecond">Requests served a second: the median of the touched minutes, else the most of any.</param>
/// <param name="RefusedShare">Of all requests.</param>
public sealed record ThrottleHour(int Weekday, int Hour, long Minutes, long Touched, double PerSecond, double RefusedShare);
