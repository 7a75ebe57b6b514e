namespace EodPredict.Forecasting.Trees;

/// <summary>Refuses parts that are no ensemble: every tree must end, and every value be a number.</summary>
internal static class TreeEnsembleChecks
{
    public static void Check(TreeEnsembleParts parts)
    {
        CheckSizes(parts);
        CheckNumbers(parts);
        CheckTrees(parts);
    }

    private static void CheckSizes(TreeEnsembleParts parts)
    {
        Refuse(parts.FeatureCount < 1, $"{parts.FeatureCount} features");
        var splits = parts.Features.Length;
        Refuse(parts.Thresholds.Length != splits, $"{splits} features of splits, but {parts.Thresholds.Length} thresholds");
        Refuse(parts.MissingLeft.Length != splits, $"{splits} splits, but {parts.MissingLeft.Length} ways for missing values");
        Refuse(parts.Left.Length != splits, $"{splits} splits, but {parts.Left.Length} left children");
        Refuse(parts.Right.Length != splits, $"{splits} splits, but {parts.Right.Length} right children");
        Refuse(parts.Gains.Length != splits, $"{splits} splits, but {parts.Gains.Length} gains");
    }

    private static void CheckNumbers(TreeEnsembleParts parts)
    {
        Refuse(!double.IsFinite(parts.BaseScore), $"the base score is {parts.BaseScore}");
        Refuse(!Enum.IsDefined(parts.Arithmetic), $"the arithmetic is {parts.Arithmetic}");
        Refuse(
            parts.Link is { } link && !(double.IsFinite(link.Slope) && link.Slope < 0 && double.IsFinite(link.Offset)),
            $"the link is {parts.Link}");
        for (var split = 0; split < parts.Features.Length; split++)
        {
            Refuse(
                (uint)parts.Features[split] >= (uint)parts.FeatureCount,
                $"split {split} asks for feature {parts.Features[split]} of {parts.FeatureCount}");
            Refuse(!float.IsFinite(parts.Thresholds[split]), $"split {split} has the threshold {parts.Thresholds[split]}");
            Refuse(!double.IsFinite(parts.Gains[split]), $"split {split} has the gain {parts.Gains[split]}");
        }

        for (var leaf = 0; leaf < parts.Leaves.Length; leaf++)
            Refuse(!double.IsFinite(parts.Leaves[leaf]), $"leaf {leaf} is {parts.Leaves[leaf]}");
    }

    // A split that is reached once only cannot be part of a circle.
    private static void CheckTrees(TreeEnsembleParts parts)
    {
        var seen = new bool[parts.Features.Length];
        var open = new Stack<int>();
        foreach (var root in parts.Roots)
        {
            open.Push(root);
            while (open.TryPop(out var at))
            {
                if (at < 0)
                {
                    Refuse(~at >= parts.Leaves.Length, $"a tree leads to leaf {~at} of {parts.Leaves.Length}");
                    continue;
                }

                Refuse(at >= seen.Length, $"a tree leads to split {at} of {seen.Length}");
                Refuse(seen[at], $"split {at} is reached twice");
                seen[at] = true;
                open.Push(parts.Left[at]);
                open.Push(parts.Right[at]);
            }
        }
    }

    private static void Refuse(bool isWrong, string reason)
    {
        if (isWrong)
            throw new TreeEnsembleException(reason);
    }
}
