using System.CommandLine;
using EodPredict.Forecasting.Models;
using EodPredict.Providers;
using EodPredict.Service.Hosting;

namespace EodPredict.Service.CommandLine;

/// <summary><c>eod train</c>: what the service does every night, now.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        var dataset = DatasetOption.Create("The dataset, as configured. Default: all.");
        var json = JsonOption.Create();
        var command = new Command("train", "Fits trees to what arrivals have shown, scores them, and lets them serve where they are better.")
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
        foreach (var dataset in name is null && catalog.All.Count > 0 ? catalog.All : [DatasetOption.Choose(catalog, name)])
        {
            var outcome = await training.TrainAsync(dataset, cancellationToken);
            if (asJson)
            {
                JsonOption.Write(new { Dataset = dataset.Name, outcome.IsPromoted, outcome.Reason, Model = outcome.Manifest });
                continue;
            }

            var verdict = outcome.Manifest is not { } manifest ? "no new model"
                : $"{manifest.Version} {(outcome.IsPromoted ? "promoted" : "refused")} ({manifest.Trees} trees by {manifest.Learner}, "
                    + $"fitted to {manifest.FittedSessions} sessions)";
            Console.WriteLine($"{dataset.Name}: {verdict}. {outcome.Reason}");
        }

        return ExitCode.Done;
    }
}
