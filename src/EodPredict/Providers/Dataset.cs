namespace EodPredict.Providers;

/// <summary>What is watched at one endpoint of a provider, and what a check and a delay cost there. Holds no address and no key.</summary>
public sealed record Dataset
{
    /// <summary>Unique over all providers; letters, digits, '.', '_' and '-'.</summary>
    public required string Name { get; init; }

    /// <summary>The name of the provider as configured.</summary>
    public required string Provider { get; init; }

    /// <summary>In the order of the configuration, each symbol once.</summary>
    public required IReadOnlyList<DatasetTicker> Tickers { get; init; }

    /// <summary>The price of one GET, in units of cost; at least 0. The default is 1.</summary>
    public double GetCost { get; init; } = 1;

    /// <summary>The price of one minute between the arrival and the GET that finds it; at least 0. The default is 0.1.</summary>
    public double DelayCostPerMinute { get; init; } = 0.1;

    /// <summary>The price of one HEAD or one look at the status page; at least 0. The default is 0.05.</summary>
    public double SignalCost { get; init; } = 0.05;

    /// <summary>How long after the close the data is waited for. The default is 48 h.</summary>
    public TimeSpan Horizon { get; init; } = TimeSpan.FromHours(48);

    /// <summary>The time since the close by which the data is needed; null where there is none.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>The time since the close at which the provider says it publishes: the first prior. Null where it does not say.</summary>
    public TimeSpan? PublicationDelay { get; init; }

    /// <summary>How it can be asked. <see cref="CheckMethod.Get"/> is always among them.</summary>
    public IReadOnlySet<CheckMethod> Methods { get; init; } = new HashSet<CheckMethod> { CheckMethod.Get };

    /// <summary>Whether the status page tells of the whole dataset, so that one look serves all its tickers.</summary>
    public bool PageIsShared { get; init; }

    /// <summary>Every budget that a GET of this dataset is charged to: the provider's, the dataset's, both or none.</summary>
    public IReadOnlyList<DailyGetBudget> Budgets { get; init; } = [];

    /// <summary>How long after it was found the data is fetched once more, to see revisions; in rising order, empty for never.</summary>
    public IReadOnlyList<TimeSpan> RereadAfter { get; init; } = [];
}
