using System.CommandLine;
using EodPredict.Forecasting.Models;
using EodPredict.Providers;
using EodPredict.Scraping.Forecast;
using EodPredict.Service.Hosting;
using Spectre.Console;

namespace EodPredict.Service.CommandLine;

/// <summary><c>eod train</c>: what the service does every night, now.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        var dataset = DatasetOption.Described("The dataset, as configured, or throttle: the limits of endpoints. Default: all.");
        var json = JsonOption.Create();
        var command = new Command(
            "train", "Fits trees to what arrivals and endpoints have shown, scores them, and lets them serve where they are better.")
        {
            dataset, json,
        };
        command.SetAction((asked, cancellationToken) => CommandHost.RunAsync(
            asked.Configuration(),
            (services, cancellation) => RunAsync(services, asked.GetValue(dataset), asked.GetValue(json), cancellation),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(IServiceProvider services, string? name, bool asJson, CancellationToken cancellationToken)
    {
        var catalog = services.GetRequiredService<DatasetCatalog>();
        var training = services.GetRequiredService<ModelTraining>();
        var isLimits = ModelOption.IsLimits(catalog, name);
        foreach (var dataset in name is null ? catalog.All : isLimits ? [] : [DatasetOption.Choose(catalog, name)])
        {
            var outcome = await WorkProgress.RunAsync(
                $"train {dataset.Name}",
                progress => training.TrainAsync(
                    dataset, new ReportedTo<TrainingStep>(step => progress.Report(step.Share, step.Text)), cancellationToken));
            Tell(outcome, dataset.Name, "sessions", asJson);
        }

        if (name is null || isLimits)
        {
            var limits = services.GetRequiredService<LimitTraining>();
            var outcome = await WorkProgress.RunAsync($"train {ModelOption.Limits}", _ => limits.TrainAsync(cancellationToken));
            Tell(outcome, ModelOption.Limits, "windows", asJson);
        }

        return ExitCode.Done;
    }

    private static void Tell(TrainingOutcome outcome, string name, string seen, bool asJson)
    {
        if (asJson)
        {
            JsonOption.Write(new { Dataset = name, outcome.IsPromoted, outcome.Reason, Model = outcome.Manifest });
            return;
        }

        var verdict = outcome.Manifest is not { } manifest ? "no new model"
            : $"{manifest.Version} {(outcome.IsPromoted ? "promoted" : "refused")} ({manifest.Trees} trees by {manifest.Learner}, "
                + $"fitted to {manifest.FittedSessions} {seen})";
        CommandConsole.Facts.Line($"{name}: {verdict}. {outcome.Reason}", outcome.IsPromoted ? Color.Green : null);
    }
}
