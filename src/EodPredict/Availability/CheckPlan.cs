namespace EodPredict.Availability;

/// <summary>The checks to be made until one finds the data, the next one first, the last one at the horizon.</summary>
/// <param name="Checks">In order of time, never empty.</param>
/// <param name="ExpectedCost">What the plan is expected to cost from the earliest instant on, waiting included, in the unit of the prices.</param>
public sealed record CheckPlan(IReadOnlyList<PlannedCheck> Checks, double ExpectedCost)
{
    public PlannedCheck Next => Checks[0];
}
