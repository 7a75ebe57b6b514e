using EodPredict.Providers.Replies;
using NodaTime;

namespace EodPredict.Providers.Configuration;

/// <summary>Turns <see cref="DatasetOptions"/> into a dataset and the way to it, and finds every fault in them.</summary>
internal sealed class DatasetReader(string path, IReadOnlyCollection<string>? calendars, ICollection<ConfigurationFault> faults)
{
    public (Dataset Dataset, DatasetAccess Access) Read(
        string name, DatasetOptions options, ProviderOptions provider, ProviderAccess access)
    {
        if (options.Deadline > options.Horizon)
        {
            Fault(nameof(options.Deadline), options.Deadline.ToString(), $"It is later than Horizon ({options.Horizon}).");
        }

        var asked = Access(options, provider, access);
        var methods = new HashSet<CheckMethod> { CheckMethod.Get };
        if (asked.Head is not null) methods.Add(CheckMethod.Head);
        if (asked.Page is not null) methods.Add(CheckMethod.Page);

        return (
            new Dataset
            {
                Name = name,
                Provider = access.Name,
                Tickers = new TickerReader(path, calendars, faults).Read(options),
                GetCost = options.GetCost,
                DelayCostPerMinute = options.DelayCostPerMinute,
                SignalCost = options.SignalCost,
                Horizon = options.Horizon,
                Deadline = options.Deadline,
                PublicationDelay = options.PublicationDelay,
                Methods = methods,
                PageIsShared = asked.Page is { NamesTicker: false }
                    && options.PageRules.Selector?.Contains("{ticker}", StringComparison.Ordinal) != true,
                Budgets = Budgets(name, options, provider, access),
                RereadAfter = [.. options.RereadAfter.Order()],
            },
            asked);
    }

    private DatasetAccess Access(DatasetOptions options, ProviderOptions provider, ProviderAccess access)
    {
        var get = Template(nameof(options.Url), options.Url, provider);
        if (string.IsNullOrEmpty(options.Url))
        {
            Fault(nameof(options.Url), null, "Expected the address of the GET, such as /eod/{ticker}?date={date}.");
        }


        return new DatasetAccess
        {
            Provider = access,
            Get = get ?? UrlTemplate.Parse(null, "http://localhost/", out _)!,
            GetRules = new RuleReader($"{path}:{nameof(options.Rules)}", faults).Read(options.Rules),
            HeadSign = options.HeadSign,
            Head = options.HeadSign == HeadSign.None ? null : Template(nameof(options.HeadUrl), options.HeadUrl, provider) ?? get,
            Page = Template(nameof(options.PageUrl), options.PageUrl, provider),
            PageRules = string.IsNullOrEmpty(options.PageUrl)
                ? null
                : new RuleReader($"{path}:{nameof(options.PageRules)}", faults).Read(options.PageRules),
        };
    }

    private UrlTemplate? Template(string name, string? text, ProviderOptions provider)
    {
        if (string.IsNullOrEmpty(text)) return null;

        var template = UrlTemplate.Parse(provider.BaseAddress, text, out var fault);
        if (template is null)
        {
            Fault(name, SecretPlaces.Shown(text), $"Expected an address: {fault}.");
        }
        else if (template.NamesKey && string.IsNullOrEmpty(provider.KeyFromEnvironment))
        {
            Fault(name, SecretPlaces.Shown(text), $"It holds {{key}}. {SecretPlaces.NameIt}");
        }
        else if (SecretPlaces.HoldsAKey(text))
        {
            Fault(name, SecretPlaces.Shown(text), SecretPlaces.NotHere);
        }

        return template;
    }

    private static List<DailyGetBudget> Budgets(string name, DatasetOptions options, ProviderOptions provider, ProviderAccess access)
    {
        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(provider.BudgetTimeZone) ?? DateTimeZone.Utc;
        var budgets = new List<DailyGetBudget>();
        if (provider.DailyGetBudget is { } shared) budgets.Add(new DailyGetBudget(access.Name, shared, zone));
        if (options.DailyGetBudget is { } own) budgets.Add(new DailyGetBudget($"{access.Name}/{name}", own, zone));
        return budgets;
    }

    private void Fault(string name, string? value, string problem) => faults.Add(new ConfigurationFault($"{path}:{name}", value, problem));
}
