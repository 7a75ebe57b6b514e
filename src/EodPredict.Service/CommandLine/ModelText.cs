using System.Globalization;
using EodPredict.Forecasting.Models;
using EodPredict.Scraping.Forecast;
using Spectre.Console;

namespace EodPredict.Service.CommandLine;

/// <summary>Models as people read of them.</summary>
internal static class ModelText
{
    private const int FeaturesShown = 10;

    /// <summary>What serves where no model does.</summary>
    public static string Plain(string dataset) => IsLimits(dataset) ? "the profiles" : "the experts";

    /// <summary>What the dataset is called on the command line.</summary>
    public static string Name(string dataset) => IsLimits(dataset) ? ModelOption.Limits : dataset;

    /// <summary>Every model of a dataset with its scores.</summary>
    public static void WriteList(IAnsiConsole to, string dataset, string? champion, IReadOnlyList<ModelManifest> manifests)
    {
        if (manifests.Count == 0)
        {
            to.Line($"{Name(dataset)} has no model yet: {Plain(dataset)} serve alone. `eod train` fits one.");
            return;
        }

        to.Line($"{Name(dataset)}:");
        var table = new FactTable([
            "", "model", .. ((string[])["trees", "fitted to", Seen(dataset), "log score", Plain(dataset)[4..], "worse by", "at most", "50%/80%/95%"])
                .Select(FactColumn.Number)]);
        foreach (var m in manifests)
        {
            var (s, serves) = (m.Scores, m.Version == champion);
            Color? colour = serves ? Color.Green : null;
            table.Add(
                new FactCell(serves ? "*" : "", colour), new FactCell(m.Version, colour), Text($"{m.Trees}"), Text($"{m.FittedTo:yyyy-MM-dd}"),
                Text($"{s.Sessions}"), Text($"{s.Challenger:0.000}"), Text($"{s.Experts:0.000}"), Text($"{s.Difference:+0.000;-0.000}"),
                Text($"{s.DifferenceAtMost:+0.000;-0.000}"), Text($"{s.Coverage50:0%}/{s.Coverage80:0%}/{s.Coverage95:0%}"));
        }

        table.Write(to);
        if (champion is null)
        {
            to.Line($"None serves: {Plain(dataset)} do, alone.", Color.Yellow);
        }
    }

    /// <summary>One model: what it was fitted to, how it did, what its trees look at, and what became of it.</summary>
    public static void Write(
        IAnsiConsole to, string dataset, bool isChampion, ModelManifest manifest, IEnumerable<ModelEvent> history)
    {
        var (seen, what) = (Seen(dataset), IsLimits(dataset) ? "limits" : "arrivals");
        to.Line($"{manifest.Version} of {Name(dataset)}{(isChampion ? ", which serves" : "")}", isChampion ? Color.Green : null);
        var scores = manifest.Scores;
        FactList.Write(to, Facts());
        to.Line("what the trees look at:");
        var features = new FactTable("feature", FactColumn.Number("share"));
        foreach (var (name, share) in manifest.Features.Zip(manifest.Importance).OrderByDescending(f => f.Second).Take(FeaturesShown))
        {
            features.Add(name, Text($"{share:0.0%}"));
        }

        features.Write(to);
        foreach (var (at, action, _, reason) in history)
        {
            to.Line(Text($"{at.UtcDateTime:yyyy-MM-dd HH:mm} {action}: {reason}").Text);
        }

        IEnumerable<(string, FactCell)> Facts()
        {
            yield return ("trained", Text($"{manifest.TrainedAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC by {manifest.Learner}"));
            yield return ("trees", Text($"{manifest.Trees}, believed to {manifest.Share:0%}"));
            yield return ("fitted to", Text($"{manifest.FittedSessions} {seen} from {manifest.FittedFrom:yyyy-MM-dd} to {manifest.FittedTo:yyyy-MM-dd}"));
            yield return ("scored on", Text($"{scores.Sessions} {seen} from {scores.From:yyyy-MM-dd} to {scores.To:yyyy-MM-dd}"));
            yield return ("log score", Text($"{scores.Challenger:0.000}, {Plain(dataset)[4..]} alone {scores.Experts:0.000}").Text
                + (scores.Champion is { } champion ? Text($", the champion of then {champion:0.000}").Text : ""));
            if (scores.Costs is { } costs)
            {
                yield return ("checks would have cost", Text(
                    $"{costs.Challenger:0.00} a session, experts alone {costs.Experts:0.00}, best quantile rule {costs.Quantile:0.00}"));
            }

            yield return ($"{what} inside the 50/80/95% intervals", Text(
                $"{scores.Coverage50:0.0%}, {scores.Coverage80:0.0%}, {scores.Coverage95:0.0%}"));
        }
    }

    private static bool IsLimits(string dataset) => dataset == LimitForecasts.Model;

    private static string Seen(string dataset) => IsLimits(dataset) ? "windows" : "sessions";

    private static FactCell Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
