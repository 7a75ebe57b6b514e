namespace EodPredict.Forecasting.Models;

/// <summary>What can happen to a model, as histories spell it.</summary>
public static class ModelActions
{
    public const string Promoted = "promoted";
    public const string Refused = "refused";
    public const string PromotedByHand = "promoted by hand";
    public const string RolledBack = "rolled back";
}
