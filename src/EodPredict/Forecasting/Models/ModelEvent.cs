namespace EodPredict.Forecasting.Models;

/// <summary>One line of a dataset's history of models.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Action">promoted, refused, promoted by hand or rolled back.</param>
/// <param name="Version">The model that was decided on; empty: the experts alone.</param>
/// <param name="Reason">Why, in a sentence for people.</param>
public sealed record ModelEvent(DateTimeOffset At, string Action, string Version, string Reason);
