using EodPredict.Providers;

namespace EodPredict.Forecasting.Models;

/// <summary>When a session of a dataset would be checked by a law until its data is found: times since the close, rising.</summary>
public delegate IReadOnlyList<TimeSpan> CheckTimes(ArrivalLaw law, Dataset dataset);
