namespace EodPredict.Availability;

/// <summary>What one scope may spend on one day.</summary>
/// <param name="Scope">A provider, or <c>provider/dataset</c>.</param>
/// <param name="Day">The day on the clock by which the provider counts.</param>
/// <param name="Limit">GETs a day; at least 1. Null counts without limiting.</param>
/// <param name="ResetsAt">When the next day begins.</param>
public sealed record BudgetAllowance(string Scope, DateOnly Day, int? Limit, DateTimeOffset ResetsAt);
