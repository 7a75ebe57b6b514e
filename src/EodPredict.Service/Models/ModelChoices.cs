using EodPredict.Forecasting.Models;
using EodPredict.Providers;
using EodPredict.Scraping.Forecast;

namespace EodPredict.Service.Models;

/// <summary>Which model serves, as people choose it, through the API and on the page. Safe for concurrent use.</summary>
internal sealed class ModelChoices(ModelStore models, DatasetCatalog datasets, TimeProvider time)
{
    private const int LongestReason = 500;

    private readonly Lock _lock = new();

    /// <summary>Whether there are models of that name: a dataset that is configured, or the limits of endpoints.</summary>
    public bool Has(string dataset) => dataset == LimitForecasts.Model || datasets.TryGet(dataset, out _);

    /// <summary>Whether a dataset has this model.</summary>
    public bool Has(string dataset, string version) => models.List(dataset).Any(model => model.Version == version);

    /// <summary>Lets a model serve; the one that does already is left, and nothing noted.</summary>
    /// <param name="dataset">Whose.</param>
    /// <param name="version">Which.</param>
    /// <param name="reason">Why, for the history; empty: somebody asked for it.</param>
    /// <exception cref="ModelFaultException">It cannot be used.</exception>
    /// <exception cref="ArgumentException">The reason is very long.</exception>
    public ModelChange Promote(string dataset, string version, string reason)
    {
        var because = Because(reason);
        lock (_lock)
        {
            if (models.Champion(dataset) == version)
            {
                return new ModelChange(dataset, version, false);
            }

            models.Promote(dataset, version, new ModelEvent(time.GetUtcNow(), ModelActions.PromotedByHand, version, because));
            return new ModelChange(dataset, version, true);
        }
    }

    /// <summary>Lets the model before serve again, or the experts alone; asked for again after it was done, it is left so.</summary>
    /// <param name="dataset">Whose.</param>
    /// <param name="from">The model that shall serve no more; null: whichever serves.</param>
    /// <returns>Null where another model serves than <paramref name="from"/>.</returns>
    /// <exception cref="ModelFaultException">No model serves, or the one before cannot be used.</exception>
    public ModelChange? RollBack(string dataset, string? from)
    {
        lock (_lock)
        {
            var champion = models.Champion(dataset);
            return from is null || champion == from
                ? new ModelChange(dataset, models.RollBack(dataset, time.GetUtcNow()), true)
                : WasRolledBack(dataset, from) ? new ModelChange(dataset, champion, false) : null;
        }
    }

    // The last thing that changed what serves was this very roll-back.
    private bool WasRolledBack(string dataset, string from)
    {
        ModelEvent[] changes = [.. models.History(dataset).Where(past => past.Action != ModelActions.Refused)];
        return changes is [.., { Action: ModelActions.RolledBack } last] && last.Reason == ModelStore.RolledBackFrom(from);
    }

    private static string Because(string reason) => reason.Trim() switch
    {
        "" => "Asked for by a person.",
        { Length: > LongestReason } => throw new ArgumentException($"A reason has at most {LongestReason} letters.", nameof(reason)),
        var given => given,
    };
}
