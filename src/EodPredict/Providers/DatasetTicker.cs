namespace EodPredict.Providers;

/// <summary>One symbol of a dataset.</summary>
/// <param name="Symbol">As the provider writes it.</param>
/// <param name="Calendar">The name of the calendar of the market it trades on.</param>
public sealed record DatasetTicker(string Symbol, string Calendar);
