namespace EodPredict.Forecasting.Models;

/// <summary>One thing that was forecast by the laws that a gate compares. It was not fitted to.</summary>
/// <param name="Date">Its date: what falls on one date errs together.</param>
/// <param name="Plain">The law without any model.</param>
/// <param name="Champion">The law by the model that serves; null where none does.</param>
/// <param name="Challenger">The law by the model that would replace it.</param>
internal readonly record struct ScoredCase(DateOnly Date, ScoredForecast Plain, ScoredForecast? Champion, ScoredForecast Challenger);
