using EodPredict.Forecasting.Models;
using EodPredict.Forecasting.Trees;
using EodPredict.Providers;
using EodPredict.Scraping.Forecast;

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
        Map(routes, "promote", (models, dataset, form, now) =>
        {
            var version = form["model"].ToString();
            models.Promote(dataset, version, new ModelEvent(now, ModelActions.PromotedByHand, version, Because(form)));
        });
        Map(routes, "rollback", (models, dataset, _, now) => models.RollBack(dataset, now));
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
        IEndpointRouteBuilder routes, string action, Action<ModelStore, string, IFormCollection, DateTimeOffset> act) =>
        routes.MapAction(
            $"{Path}/{action}",
            (form, services, _) =>
            {
                var asked = form["dataset"].ToString();
                var dataset = asked == LimitForecasts.Model ? asked : services.GetRequiredService<DatasetCatalog>().Get(asked).Name;
                act(services.GetRequiredService<ModelStore>(), dataset, form, services.GetRequiredService<TimeProvider>().GetUtcNow());
                return Task.FromResult(Of(dataset));
            },
            e => e is ModelFaultException or TreeEnsembleException or KeyNotFoundException or IOException or UnauthorizedAccessException
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

    private static string Because(IFormCollection form) =>
        form["reason"].ToString().Trim() is { Length: > 0 } reason ? reason : "Asked for by a person.";
}
