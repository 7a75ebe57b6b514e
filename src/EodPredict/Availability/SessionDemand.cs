using EodPredict.Forecasting;
using EodPredict.Providers;

namespace EodPredict.Availability;

/// <summary>An open session as a budget sees it: how many GETs it will want today, which depends on what they cost.</summary>
/// <param name="Law">Its law as known now.</param>
/// <param name="Prices">What checks and waiting cost it, scarcity left out.</param>
/// <param name="Limits">When it can be checked.</param>
/// <param name="DayEnds">When the budget's day ends, as time since its close.</param>
/// <param name="Together">How many tickers are awaited together with it, itself included; at least 1. One of them is asked for all.</param>
internal sealed record SessionDemand(ArrivalLaw Law, CheckPrices Prices, PlanningLimits Limits, TimeSpan DayEnds, int Together)
{
    private const int Candidates = 100;

    /// <summary>The GETs that it is expected to take until the day ends.</summary>
    /// <param name="scarcity">What each costs beyond its price.</param>
    public double Gets(double scarcity)
    {
        var plan = CheckPlanner.Plan(Law, Prices with { ScarcityOfGet = scarcity }, Limits with { Candidates = Candidates });
        var (gets, found) = (0.0, 0.0);
        foreach (var check in plan.Checks)
        {
            if (check.At > DayEnds)
            {
                break;
            }

            gets += check.Method == CheckMethod.Get
                ? 1 - found
                : check.ProbabilityThere - found + (FalseYes(check.Method) * (1 - check.ProbabilityThere));
            found = check.ProbabilityThere;
        }

        // Each is fetched by a GET of its own; those that find nothing are made by one for all.
        return found + (Math.Max(0, gets - found) / Together);
    }

    private double FalseYes(CheckMethod method) => Prices.Signals.First(signal => signal.Method == method).FalseYes;
}
