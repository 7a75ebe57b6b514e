using EodPredict.Forecasting.Models;
using EodPredict.Forecasting.Trees;
using EodPredict.Providers;
using EodPredict.Scraping.Forecast;
using EodPredict.Service.Models;

namespace EodPredict.Service.Pages.Models;

/// <summary>The page of models, and its buttons.</summary>
internal static class ModelsRoutes
{
    public const string Path = "/models";

    private const int MostModels = 60;
    private const int MostEvents = 100;

    public static string Of(string dataset, string version = "") => PageAddress.Of(Path, ("dataset", dataset), ("model", version));

    public static void MapModels(this IEndpointRouteBuilder routes)
    {
        routes.MapPage<ModelsPage, ModelsContent>(Path, (context, _) => Task.FromResult(Read(
            context.RequestServices.GetRequiredService<DatasetCatalog>(), context.RequestServices.GetRequiredService<ModelStore>(),
            context.Request.Query["dataset"].ToString(), context.Request.Query["model"].ToString())));
        Map(routes, "promote", (choices, dataset, form) =>
            choices.Promote(dataset, form["model"].ToString(), form["reason"].ToString()));
        Map(routes, "rollback", (choices, dataset, form) => choices.RollBack(dataset, form["model"].ToString() is { Length: > 0 } model ? model : null));
    }

    private static ModelsContent? Read(DatasetCatalog datasets, ModelStore models, string dataset, string version)
    {
        string[] names = [.. datasets.All.Select(one => one.Name), .. HasLimits(models) ? [LimitForecasts.Model] : Array.Empty<string>()];
        if (dataset.Length > 0 && !names.Contains(dataset))
        {
            return null;
        }

        var content = new ModelsContent { Datasets = names, Dataset = dataset.Length > 0 ? dataset : names.FirstOrDefault("") };
        if (content.Dataset.Length == 0)
        {
            return content;
        }

        try
        {
            ModelManifest[] all = [.. models.List(content.Dataset).Reverse()];
            var champion = models.Champion(content.Dataset);
            return content with
            {
                Models = [.. all.Take(MostModels)],
                Champion = champion,
                Shown = Array.Find(all, model => model.Version == version) ?? Array.Find(all, model =>
                    model.Version == champion) ?? all.FirstOrDefault(),
                History = [.. models.History(content.Dataset).Reverse().Take(MostEvents)],
            };
        }
        catch (Exception e) when (e is ModelFaultException or IOException or UnauthorizedAccessException)
        {
            return content with { Fault = e.Message };
        }
    }

    private static void Map(
        IEndpointRouteBuilder routes, string action, Func<ModelChoices, string, IFormCollection, ModelChange?> act) =>
        routes.MapAction(
            $"{Path}/{action}",
            (form, services, _) =>
            {
                var (dataset, choices) = (form["dataset"].ToString(), services.GetRequiredService<ModelChoices>());
                return !choices.Has(dataset) ? throw new KeyNotFoundException($"No dataset {dataset} is configured.")
                    : act(choices, dataset, form) is null
                        ? throw new ModelFaultException($"Another model serves {dataset} by now. Load the page again and look.")
                        : Task.FromResult(Of(dataset));
            },
            e => e is ArgumentException or ModelFaultException or TreeEnsembleException or KeyNotFoundException or IOException or UnauthorizedAccessException
                ? e.Message : null);

    private static bool HasLimits(ModelStore models)
    {
        try
        {
            return models.List(LimitForecasts.Model).Count > 0;
        }
        catch (Exception e) when (e is ModelFaultException or IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }
}
