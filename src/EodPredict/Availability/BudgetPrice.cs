namespace EodPredict.Availability;

/// <summary>
/// The shadow price of a day's budget: what a GET must cost beyond its price so that all sessions together are expected to take no more
/// than is left. Every ticker then waits a little longer, those most that gain least by asking early, instead of the last ones going
/// without. Pure.
/// </summary>
internal static class BudgetPrice
{
    // In GETs. Above the dearest every check waits until it is almost certain to find; more would not spare any.
    private const double Cheapest = 0.25;
    private const double Dearest = 64;
    private const int Halvings = 4;

    /// <summary>The least price that keeps the expected GETs within the budget, in the unit of the prices; the dearest where none does.</summary>
    /// <param name="left">GETs left of the day's budget.</param>
    /// <param name="getCost">What a GET costs, above zero.</param>
    /// <param name="sample">Open sessions that stand for all; none: nothing is short yet.</param>
    /// <param name="each">How many open sessions each of the sample stands for.</param>
    /// <param name="coming">How many sessions will open before the day ends; each wants what those of the sample want on average.</param>
    public static double Of(double left, double getCost, IReadOnlyList<SessionDemand> sample, double each, double coming)
    {
        // Once it is spent every check waits for the next day anyway.
        if (left < 1 || sample.Count == 0 || IsEnough(0))
        {
            return 0;
        }

        var (low, high) = (0.0, Cheapest * getCost);
        while (high < Dearest * getCost && !IsEnough(high))
        {
            (low, high) = (high, 2 * high);
        }

        for (var i = 0; i < Halvings && high < Dearest * getCost; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = IsEnough(middle) ? (low, middle) : (middle, high);
        }

        return high;

        bool IsEnough(double price) => sample.Sum(session => session.Gets(price)) * (each + (coming / sample.Count)) <= left;
    }
}
