using System.CommandLine;
using System.Globalization;
using EodPredict.Forecasting.Models;
using EodPredict.Providers;
using EodPredict.Scraping.Forecast;
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
                var files = name == LimitForecasts.Model
                    ? await services.GetRequiredService<LimitReview>().ExportAsync(chosen, to, cancellation)
                    : await services.GetRequiredService<ModelReview>().ExportAsync(catalog.Get(name), chosen, to, cancellation);
                if (asked.GetValue(json))
                {
                    JsonOption.Write(new { Dataset = name, Folder = to, files });
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
        var champion = models.Champion(dataset);
        var manifests = models.List(dataset);
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
            Console.WriteLine($"{dataset} has no model yet: {Plain(dataset)} serve alone. `eod train` fits one.");
            return;
        }

        Console.WriteLine($"{dataset}:");
        Row(' ', "model", "trees", "fitted to", Seen(dataset), "log score", Plain(dataset)[4..], "worse by", "at most", "50%/80%/95%");
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
            Console.WriteLine($"None serves: {Plain(dataset)} do, alone.");
        }
    }

    private static void Show(IServiceProvider services, string dataset, string? version, DateTimeOffset now, bool asJson)
    {
        var models = services.GetRequiredService<ModelStore>();
        var manifest = models.Manifest(dataset, Chosen(models, dataset, version));
        var history = models.History(dataset).Where(e => e.Version == manifest.Version);
        if (asJson)
        {
            JsonOption.Write(new { IsChampion = models.Champion(dataset) == manifest.Version, Model = manifest, History = history });
            return;
        }

        Line($"{manifest.Version} of {dataset}{(models.Champion(dataset) == manifest.Version ? ", which serves" : "")}");
        Line($"trained {manifest.TrainedAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC by {manifest.Learner}");
        Line($"{manifest.Trees} trees, believed to {manifest.Share:0%}");
        var (seen, what) = (Seen(dataset), dataset == LimitForecasts.Model ? "limits" : "arrivals");
        Line($"fitted to {manifest.FittedSessions} {seen} from {manifest.FittedFrom:yyyy-MM-dd} to {manifest.FittedTo:yyyy-MM-dd}");
        var scores = manifest.Scores;
        Line($"scored on {scores.Sessions} {seen} from {scores.From:yyyy-MM-dd} to {scores.To:yyyy-MM-dd}:");
        Line($"  log score {scores.Challenger:0.000}, {Plain(dataset)[4..]} alone {scores.Experts:0.000}");
        if (scores.Champion is { } champion)
        {
            Line($"  the champion of then {champion:0.000}");
        }

        if (scores.Costs is { } costs)
        {
            Line($"  checks would have cost {costs.Challenger:0.00} a session, experts alone {costs.Experts:0.00}, best quantile rule {costs.Quantile:0.00}");
        }

        Line($"  {what} inside the 50/80/95% intervals: {scores.Coverage50:0.0%}, {scores.Coverage80:0.0%}, {scores.Coverage95:0.0%}");
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
            Console.WriteLine(text);
        }
    }

    // What serves where no model does.
    private static string Plain(string dataset) => dataset == LimitForecasts.Model ? "the profiles" : "the experts";

    private static string Seen(string dataset) => dataset == LimitForecasts.Model ? "windows" : "sessions";

    private static string From(string dataset) => dataset == LimitForecasts.Model ? "the next run" : "the next opening";

    private static string Chosen(ModelStore models, string dataset, string? version) =>
        version ?? models.Champion(dataset)
            ?? throw new CommandFaultException($"No model serves {dataset}. Name one with --model; `eod models list` shows those there are.");

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
