using System.CommandLine;
using System.Globalization;
using EodPredict.Forecasting.Models;
using EodPredict.Providers;
using EodPredict.Service.Hosting;

namespace EodPredict.Service.CommandLine;

/// <summary><c>eod models</c>: which models there are, how they did, and which one serves.</summary>
internal static class ModelsCommand
{
    private const int FeaturesShown = 10;

    public static Command Create() => new("models", "The trained models: how they did, which one serves, files to review them with.")
    {
        Sub("list", "Every model with its scores; * serves.", [], List),
        Sub("show", "One model, or the one that serves.", [Version(isRequired: false)], Show),
        Sub("promote", "Lets a model serve, whatever its scores.", [Version(isRequired: true)], Promote),
        Sub("rollback", "Lets the model before serve again, or the experts alone.", [], RollBack),
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
        var dataset = DatasetOption.Create();
        var json = JsonOption.Create();
        var command = new Command("export", "Writes trees and manifest as JSON; forecasts, arrivals, checks, calibration, importance as CSV.")
        {
            dataset, version, folder, json,
        };
        command.SetAction((asked, cancellationToken) => CommandHost.RunAsync(
            asked.Configuration(),
            async (services, cancellation) =>
            {
                var chosen = DatasetOption.Choose(services.GetRequiredService<DatasetCatalog>(), asked.GetValue(dataset));
                var to = Path.GetFullPath(asked.GetValue(folder)!);
                var files = await services.GetRequiredService<ModelReview>().ExportAsync(
                    chosen, Chosen(services.GetRequiredService<ModelStore>(), chosen, asked.GetValue(version)), to, cancellation);
                if (asked.GetValue(json))
                {
                    JsonOption.Write(new { Dataset = chosen.Name, Folder = to, files });
                }
                else
                {
                    Console.WriteLine($"{to}: {string.Join(", ", files)}");
                }

                return ExitCode.Done;
            },
            cancellationToken));
        return command;
    }

    private static Command Sub(
        string name, string description, Option<string?>[] options, 
        Action<IServiceProvider, Dataset, string?, DateTimeOffset, bool> act)
    {
        var dataset = DatasetOption.Create();
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
            act(
                services, DatasetOption.Choose(services.GetRequiredService<DatasetCatalog>(), asked.GetValue(dataset)), version,
                services.GetRequiredService<TimeProvider>().GetUtcNow(), asked.GetValue(json));
            return ExitCode.Done;
        });
        return command;
    }

    private static void List(IServiceProvider services, Dataset dataset, string? version, DateTimeOffset now, bool asJson)
    {
        var models = services.GetRequiredService<ModelStore>();
        var champion = models.Champion(dataset.Name);
        var manifests = models.List(dataset.Name);
        if (asJson)
        {
            foreach (var manifest in manifests)
            {
                JsonOption.Write(new { IsChampion = manifest.Version == champion, Model = manifest });
            }

            return;
        }

        if (manifests.Count == 0)
        {
            Console.WriteLine($"{dataset.Name} has no model yet: the experts serve alone. `eod train` fits one.");
            return;
        }

        Row(' ', "model", "trees", "fitted to", "sessions", "log score", "experts", "worse by", "at most", "50%/80%/95%");
        foreach (var m in manifests)
        {
            var s = m.Scores;
            Row(
                m.Version == champion ? '*' : ' ', m.Version, Number(m.Trees, "0"), m.FittedTo.ToString("O", CultureInfo.InvariantCulture),
                Number(s.Sessions, "0"), Number(s.Challenger, "0.000"), Number(s.Experts, "0.000"), Number(s.Difference, "+0.000;-0.000"),
                Number(s.DifferenceAtMost, "+0.000;-0.000"),
                $"{Number(s.Coverage50, "0%")}/{Number(s.Coverage80, "0%")}/{Number(s.Coverage95, "0%")}");
        }

        if (champion is null)
        {
            Console.WriteLine("None serves: the experts do, alone.");
        }
    }

    private static void Show(IServiceProvider services, Dataset dataset, string? version, DateTimeOffset now, bool asJson)
    {
        var models = services.GetRequiredService<ModelStore>();
        var manifest = models.Manifest(dataset.Name, Chosen(models, dataset, version));
        var history = models.History(dataset.Name).Where(e => e.Version == manifest.Version);
        if (asJson)
        {
            JsonOption.Write(new { IsChampion = models.Champion(dataset.Name) == manifest.Version, Model = manifest, History = history });
            return;
        }

        Line($"{manifest.Version} of {dataset.Name}{(models.Champion(dataset.Name) == manifest.Version ? ", which serves" : "")}");
        Line($"trained {manifest.TrainedAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC by {manifest.Learner}");
        Line($"{manifest.Trees} trees, believed to {manifest.Share:0%}");
        Line($"fitted to {manifest.FittedSessions} sessions from {manifest.FittedFrom:yyyy-MM-dd} to {manifest.FittedTo:yyyy-MM-dd}");
        var scores = manifest.Scores;
        Line($"scored on {scores.Sessions} sessions from {scores.From:yyyy-MM-dd} to {scores.To:yyyy-MM-dd}:");
        Line($"  log score {scores.Challenger:0.000}, experts alone {scores.Experts:0.000}");
        if (scores.Champion is { } champion)
        {
            Line($"  the champion of then {champion:0.000}");
        }

        Line($"  arrivals inside the 50/80/95% intervals: {scores.Coverage50:0.0%}, {scores.Coverage80:0.0%}, {scores.Coverage95:0.0%}");
        Console.WriteLine("what the trees look at:");
        foreach (var (name, share) in manifest.Features.Zip(manifest.Importance).OrderByDescending(f => f.Second).Take(FeaturesShown))
        {
            Line($"  {name,-32} {share,6:0.0%}");
        }

        foreach (var (at, action, on, reason) in history)
        {
            Line($"{at.UtcDateTime:yyyy-MM-dd HH:mm} {action}: {reason}");
        }
    }

    private static void Promote(IServiceProvider services, Dataset dataset, string? version, DateTimeOffset now, bool asJson)
    {
        services.GetRequiredService<ModelStore>().Promote(
            dataset.Name, version, new ModelEvent(now, ModelActions.PromotedByHand, version!, "Asked for by a person."));
        Told(dataset, version, asJson, $"{dataset.Name}: {version} serves from the next opening on.");
    }

    private static void RollBack(IServiceProvider services, Dataset dataset, string? version, DateTimeOffset now, bool asJson)
    {
        var serves = services.GetRequiredService<ModelStore>().RollBack(dataset.Name, now);
        Told(dataset, serves, asJson, serves is null
            ? $"{dataset.Name}: the experts serve alone from the next opening on."
            : $"{dataset.Name}: {serves} serves again from the next opening on.");
    }

    private static void Told(Dataset dataset, string? champion, bool asJson, string text)
    {
        if (asJson)
        {
            JsonOption.Write(new { Dataset = dataset.Name, Champion = champion });
        }
        else
        {
            Console.WriteLine(text);
        }
    }

    private static string Chosen(ModelStore models, Dataset dataset, string? version) =>
        version ?? models.Champion(dataset.Name)
            ?? throw new CommandFaultException($"No model serves {dataset.Name}. Name one with --model; `eod models list` shows those there are.");

    private static void Row(char serves, string model, params ReadOnlySpan<string> cells)
    {
        var row = new System.Text.StringBuilder($"{serves} {model,-18}");
        foreach (var cell in cells)
        {
            row.Append("  ").Append(cell.PadLeft(10));
        }

        Console.WriteLine(row);
    }

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
