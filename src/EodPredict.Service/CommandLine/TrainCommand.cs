using System.CommandLine;
using EodPredict.Forecasting.Models;
using EodPredict.Providers;
using EodPredict.Scraping.Forecast;
using EodPredict.Service.Hosting;

namespace EodPredict.Service.CommandLine;

/// <summary><c>eod train</c>: what the service does every night, now.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        var dataset = new Option<string?>("--dataset")
        {
            Description = "The dataset, as configured, or throttle: the limits of endpoints. Default: all.", HelpName = "D",
        };
        var command = new Command(
            "train", "Fits trees to what arrivals and endpoints have shown, scores them, and lets them serve where they are better.")
        {
            dataset,
        };
        command.SetAction((asked, cancellationToken) => CommandHost.RunAsync(
            asked.Configuration(),
            (services, cancellation) => RunAsync(services, asked.GetValue(dataset), cancellation),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(IServiceProvider services, string? name, CancellationToken cancellationToken)
    {
        var catalog = services.GetRequiredService<DatasetCatalog>();
        var training = services.GetRequiredService<ModelTraining>();
        var isLimits = ModelOption.IsLimits(catalog, name);
        foreach (var dataset in name is null ? catalog.All : isLimits ? [] : [DatasetOption.Choose(catalog, name)])
        {
            Tell(await training.TrainAsync(dataset, cancellationToken), dataset.Name, "sessions");
        }

        if (name is null || isLimits)
        {
            Tell(await services.GetRequiredService<LimitTraining>().TrainAsync(cancellationToken), ModelOption.Limits, "windows");
        }

        return ExitCode.Done;
    }

    private static void Tell(TrainingOutcome outcome, string name, string seen)
    {
        var verdict = outcome.Manifest is not { } manifest ? "no new model"
            : $"{manifest.Version} {(outcome.IsPromoted ? "promoted" : "refused")} ({manifest.Trees} trees by {manifest.Learner}, "
                + $"fitted to {manifest.FittedSessions} {seen})";
        Console.WriteLine($"{name}: {verdict}. {outcome.Reason}");
    }
}
