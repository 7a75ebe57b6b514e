using System.Text.Json;
using EodPredict.Forecasting.Models;
using EodPredict.Forecasting.Trees;
using EodPredict.Service.Api;
using EodPredict.Service.Health;
using EodPredict.Service.History;

namespace EodPredict.Service.Models;

/// <summary>Models by HTTP: what there is, what was decided, and which one serves; every call may be made again after any failure.</summary>
internal static class ModelEndpoints
{
    private const string Unusable = "model_unusable";
    private const string OtherChampion = "other_champion";
    private const string FolderFault = "models_folder";

    private static readonly BodyOf Body = new(typeof(ModelActionRequest));

    public static void MapModelApi(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/models", (string dataset, ModelChoices choices, ModelStore models) => Answer(dataset, choices, () =>
        {
            var champion = models.Champion(dataset);
            return Json(models.List(dataset).Reverse().Select(model => new ModelEntry(model.Version == champion, model)));
        }))
            .WithSummary("The models of a dataset, the newest first").Produces<IReadOnlyList<ModelEntry>>();
        routes.MapGet("/api/models/history", (string dataset, long? before, int? max, ModelChoices choices, ModelStore models) =>
            HistoryFilter.Fault(max) ?? Answer(dataset, choices, () => Json(Decided(models, dataset, before, HistoryFilter.RowsOf(max)))))
            .WithSummary("What was decided of a dataset's models, the newest first").Produces<HistoryPage<ModelHistoryEntry>>();
        routes.MapPost("/api/models/promote", (HttpRequest request, ModelChoices choices) => AskAsync(request, choices, asked =>
            asked.Version is not { Length: > 0 } version ? Missing("version")
            : choices.Has(asked.Dataset!, version) ? Json(choices.Promote(asked.Dataset!, version, asked.Reason ?? ""))
            : NotFound($"{asked.Dataset} has no model {version}.")))
            .WithSummary("Lets a model serve; the one that does already is left").WithMetadata(Body).Produces<ModelChange>();
        routes.MapPost("/api/models/rollback", (HttpRequest request, ModelChoices choices) => AskAsync(request, choices, asked =>
            asked.From is not { Length: > 0 } from ? Missing("from")
            : choices.RollBack(asked.Dataset!, from) is { } change ? Json(change)
            : ApiProblem.Of(
                StatusCodes.Status409Conflict, OtherChampion, $"{from} does not serve {asked.Dataset}, so it was not rolled back.")))
            .WithSummary("Lets the model before serve again").WithMetadata(Body).Produces<ModelChange>();
    }

    private static HistoryPage<ModelHistoryEntry> Decided(ModelStore models, string dataset, long? before, int rows)
    {
        ModelHistoryEntry[] all = [.. models.History(dataset).Select((past, i) =>
            new ModelHistoryEntry(i + 1, past.At, past.Action, past.Version.Length > 0 ? past.Version : null, past.Reason))];
        ModelHistoryEntry[] page = [.. all.Where(one => before is null || one.Id < before).Reverse().Take(rows)];
        return new HistoryPage<ModelHistoryEntry>(page, page is [.., { Id: > 1 } last] ? last.Id : null);
    }

    private static async Task<IResult> AskAsync(HttpRequest request, ModelChoices choices, Func<ModelActionRequest, IResult> answer)
    {
        try
        {
            var asked = await JsonSerializer.DeserializeAsync<ModelActionRequest>(
                request.Body, Readiness.Json, request.HttpContext.RequestAborted);
            return asked?.Dataset is { Length: > 0 } dataset ? Answer(dataset, choices, () => answer(asked)) : Missing("dataset");
        }
        catch (JsonException e)
        {
            return ApiProblem.Invalid($"Send one JSON object: {e.Message}");
        }
    }

    private static IResult Answer(string dataset, ModelChoices choices, Func<IResult> answer)
    {
        try
        {
            return choices.Has(dataset) ? answer() : NotFound($"No dataset {dataset} is configured.");
        }
        catch (ArgumentException e)
        {
            return ApiProblem.Invalid(e.Message);
        }
        catch (Exception e) when (e is ModelFaultException or TreeEnsembleException)
        {
            return ApiProblem.Of(StatusCodes.Status409Conflict, Unusable, e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ApiProblem.Of(
                StatusCodes.Status503ServiceUnavailable, FolderFault, $"The folder of models cannot be used: {e.Message}");
        }
    }

    private static IResult Missing(string field) => ApiProblem.Invalid($"Send one JSON object: {field} is missing.");

    private static IResult NotFound(string detail) => ApiProblem.Of(StatusCodes.Status404NotFound, ApiProblem.NotFound, detail);

    private static IResult Json(object value) => Results.Json(value, Readiness.Json);
}
