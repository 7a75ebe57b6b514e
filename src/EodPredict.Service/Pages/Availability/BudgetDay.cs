namespace EodPredict.Service.Pages.Availability;

/// <summary>How far a daily budget is spent.</summary>
/// <param name="Scope">provider or provider/dataset.</param>
/// <param name="Day">The provider's day.</param>
/// <param name="Spent">GETs counted on it.</param>
/// <param name="Gets">Its most.</param>
public sealed record BudgetDay(string Scope, DateOnly Day, int Spent, int Gets);
