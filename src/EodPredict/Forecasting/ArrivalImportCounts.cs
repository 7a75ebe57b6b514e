namespace EodPredict.Forecasting;

/// <summary>What an import did.</summary>
/// <param name="Added">Arrivals that were not known.</param>
/// <param name="Changed">Arrivals of an earlier import that differed, and were replaced.</param>
/// <param name="Unchanged">Arrivals that were known just so.</param>
/// <param name="Kept">Arrivals that the service's own checks had revealed; those are never replaced.</param>
public sealed record ArrivalImportCounts(long Added, long Changed, long Unchanged, long Kept);
