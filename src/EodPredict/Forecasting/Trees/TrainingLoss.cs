namespace EodPredict.Forecasting.Trees;

/// <summary>The loss that a fit minimises, for scores before the link. Pure.</summary>
public static class TrainingLoss
{
    /// <summary>The weighted mean loss of <paramref name="scores"/>, which for the logistic loss are log odds, over the rows.</summary>
    public static double Mean(TreeObjective objective, TrainingRows rows, ReadOnlySpan<double> scores)
    {
        double sum = 0, weight = 0;
        for (var row = 0; row < rows.Count; row++)
        {
            sum += rows.Weight(row) * One(objective, rows.Labels[row], scores[row]);
            weight += rows.Weight(row);
        }

        return sum / weight;
    }

    private static double One(TreeObjective objective, double label, double score)
    {
        var difference = score - label;
        return objective == TreeObjective.Logistic
            ? Math.Max(score, 0) - (label * score) + Math.Log(1 + Math.Exp(-Math.Abs(score)))
            : difference * difference / 2;
    }
}
