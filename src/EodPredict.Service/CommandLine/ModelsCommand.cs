using System.CommandLine;
using EodPredict.Forecasting.Models;
using EodPredict.Providers;
using EodPredict.Scraping.Forecast;
using EodPredict.Service.Hosting;
using Spectre.Console;

namespace EodPredict.Service.CommandLine;

/// <summary><c>eod models</c>: which models there are, how they did, and which one serves.</summary>
internal static class ModelsCommand
{
    public static Command Create() => new("models", "The trained models: how they did, which one serves, files to review them with.")
    {
        Sub("list", "Every model with its scores; * serves.", [], List),
        Sub("show", "One model, or the one that serves.", [Version(isRequired: false)], Show),
        Sub("promote", "Lets a model serve, whatever its scores.", [Version(isRequired: true)], Promote),
        Sub("rollback", "Lets the model before serve again, or none.", [], RollBack),
        Export(),
    };

    private static Option<string?> Version(bool isRequired) => new("--model")
    {
        Description = isRequired ? "Which one, as in the list." : "Which one, as in the list. Default: the one that serves.",
        HelpName = "VERSION",
        Required = isRequired,
    };

    private static Command Export()
    {
        var folder = new Option<string>("--out")
        {
            Description = "The folder that the files are written to.",
            HelpName = "DIR",
            DefaultValueFactory = _ => "export",
        };
        var version = Version(isRequired: false);
        var dataset = DatasetOption.Create(ModelOption.Besides);
        var json = JsonOption.Create();
        var command = new Command("export", "Writes trees and manifest as JSON; forecasts, what was seen, calibration, importance as CSV.")
        {
            dataset, version, folder, json,
        };
        command.SetAction((asked, cancellationToken) => CommandHost.RunAsync(
            asked.Configuration(),
            async (services, cancellation) =>
            {
                var catalog = services.GetRequiredService<DatasetCatalog>();
                var name = ModelOption.Choose(catalog, asked.GetValue(dataset));
                var to = Path.GetFullPath(asked.GetValue(folder)!);
                var chosen = Chosen(services.GetRequiredService<ModelStore>(), name, asked.GetValue(version));
                var files = await WorkProgress.RunAsync("models export", _ => name == LimitForecasts.Model
                    ? services.GetRequiredService<LimitReview>().ExportAsync(chosen, to, cancellation)
                    : services.GetRequiredService<ModelReview>().ExportAsync(catalog.Get(name), chosen, to, cancellation));
                if (asked.GetValue(json))
                {
                    JsonOption.Write(new { Dataset = name, Folder = to, files });
                }
                else
                {
                    CommandConsole.Facts.Line($"{to}: {string.Join(", ", files)}");
                }

                return ExitCode.Done;
            },
            cancellationToken));
        return command;
    }

    private static Command Sub(
        string name, string description, Option<string?>[] options,
        Action<IServiceProvider, string, string?, DateTimeOffset, bool> act)
    {
        var dataset = DatasetOption.Create(ModelOption.Besides);
        var json = JsonOption.Create();
        var command = new Command(name, description) { dataset, json };
        foreach (var option in options)
        {
            command.Add(option);
        }

        // Models are files: no database is started to look at them.
        command.SetAction(asked =>
        {
            using var host = CommandHost.Build(asked.Configuration());
            var services = host.Services;
            var version = options is [var only] ? asked.GetValue(only) : null;
            var catalog = services.GetRequiredService<DatasetCatalog>();
            var named = asked.GetValue(dataset);
            var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
            // The list without a name is of all there are.
            foreach (var model in named is null && name == "list"
                ? catalog.All.Select(one => one.Name).Append(LimitForecasts.Model) : [ModelOption.Choose(catalog, named)])
            {
                act(services, model, version, now, asked.GetValue(json));
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static void List(IServiceProvider services, string dataset, string? version, DateTimeOffset now, bool asJson)
    {
        var models = services.GetRequiredService<ModelStore>();
        var (champion, manifests) = (models.Champion(dataset), models.List(dataset));
        if (!asJson)
        {
            ModelText.WriteList(CommandConsole.Facts, dataset, champion, manifests);
            return;
        }

        foreach (var manifest in manifests)
        {
            JsonOption.Write(new { IsChampion = manifest.Version == champion, Model = manifest });
        }
    }

    private static void Show(IServiceProvider services, string dataset, string? version, DateTimeOffset now, bool asJson)
    {
        var models = services.GetRequiredService<ModelStore>();
        var manifest = models.Manifest(dataset, Chosen(models, dataset, version));
        var history = models.History(dataset).Where(e => e.Version == manifest.Version);
        var isChampion = models.Champion(dataset) == manifest.Version;
        if (asJson)
        {
            JsonOption.Write(new { IsChampion = isChampion, Model = manifest, History = history });
        }
        else
        {
            ModelText.Write(CommandConsole.Facts, dataset, isChampion, manifest, history);
        }
    }

    private static void Promote(IServiceProvider services, string dataset, string? version, DateTimeOffset now, bool asJson)
    {
        services.GetRequiredService<ModelStore>().Promote(
            dataset, version, new ModelEvent(now, ModelActions.PromotedByHand, version!, "Asked for by a person."));
        Told(dataset, version, asJson, $"{dataset}: {version} serves from {From(dataset)} on.");
    }

    private static void RollBack(IServiceProvider services, string dataset, string? version, DateTimeOffset now, bool asJson)
    {
        var serves = services.GetRequiredService<ModelStore>().RollBack(dataset, now);
        Told(dataset, serves, asJson, serves is null
            ? $"{dataset}: {Plain(dataset)} serve alone from {From(dataset)} on."
            : $"{dataset}: {serves} serves again from {From(dataset)} on.");
    }

    private static void Told(string dataset, string? champion, bool asJson, string text)
    {
        if (asJson)
        {
            JsonOption.Write(new { Dataset = dataset, Champion = champion });
        }
        else
        {
            CommandConsole.Facts.Line(text, Color.Green);
        }
    }

    // What serves where no model does.
    private static string Plain(string dataset) => ModelText.Plain(dataset);

    private static string From(string dataset) => dataset == LimitForecasts.Model ? "the next run" : "the next opening";

    private static string Chosen(ModelStore models, string dataset, string? version) =>
        version ?? models.Champion(dataset)
            ?? throw new CommandFaultException($"No model serves {ModelText.Name(dataset)}. Name one with --model; `eod models list` shows those there are.");
}
