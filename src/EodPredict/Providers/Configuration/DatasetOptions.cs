using System.ComponentModel.DataAnnotations;
using EodPredict.Providers.Replies;

namespace EodPredict.Providers.Configuration;

/// <summary>One dataset; the section <c>Eod:Providers:PROVIDER:Datasets:NAME</c>.</summary>
internal sealed class DatasetOptions
{
    /// <summary>The calendar of its tickers, such as XNYS. Needed unless every ticker has one in <see cref="TickerCalendars"/>.</summary>
    public string? Calendar { get; set; }

    /// <summary>Tickers of other markets: symbol to calendar. The default is none.</summary>
    public Dictionary<string, string> TickerCalendars { get; set; } = [];

    /// <summary>The symbols, as the provider writes them.</summary>
    public List<string> Tickers { get; set; } = [];

    /// <summary>A file with more symbols, one a line; what follows a '#' is a comment. The default is none.</summary>
    public string? TickersFile { get; set; }

    /// <summary>
    /// Where the GET goes: a path, or a whole address, with the places {ticker}, {ticker:path}, {date}, {date:yyyyMMdd} and {key}.
    /// The default is the profile's.
    /// </summary>
    public string? Url { get; set; }

    /// <summary>How the replies to the GET are read. The default is the profile's.</summary>
    public ReplyRuleOptions Rules { get; set; } = new();

    /// <summary>
    /// What in the reply to a HEAD tells of new data: None (HEAD is not asked), Status, EntityTag, ContentLength, LastModified. The default
    /// is None.
    /// </summary>
    public HeadSign HeadSign { get; set; }

    /// <summary>Where the HEAD goes. The default is <see cref="Url"/>.</summary>
    public string? HeadUrl { get; set; }

    /// <summary>Where the status page is; without {ticker} it serves the whole dataset. The default is the profile's, or none.</summary>
    public string? PageUrl { get; set; }

    /// <summary>
    /// How the status page is read. The default is the profile's; unlike in <see cref="Rules"/>, DateMatch is OnOrAfter at first.
    /// </summary>
    public ReplyRuleOptions PageRules { get; set; } = new() { DateMatch = DateMatch.OnOrAfter };

    /// <summary>The price of one GET; from 0. The default is 1.</summary>
    [Range(0, 1e9)]
    public double GetCost { get; set; } = 1;

    /// <summary>The price of one minute of delay; from 0. The default is 0.1.</summary>
    [Range(0, 1e9)]
    public double DelayCostPerMinute { get; set; } = 0.1;

    /// <summary>The price of one HEAD or status page; from 0. The default is the profile's, or 0.05.</summary>
    [Range(0, 1e9)]
    public double SignalCost { get; set; } = 0.05;

    /// <summary>How long after the close the data is waited for; from 10 min to 30 days. The default is 48 h.</summary>
    [Range(typeof(TimeSpan), "10m", "30d")]
    public TimeSpan Horizon { get; set; } = TimeSpan.FromHours(48);

    /// <summary>The time since the close by which the data is needed; up to <see cref="Horizon"/>. The default is none.</summary>
    [Range(typeof(TimeSpan), "1m", "30d")]
    public TimeSpan? Deadline { get; set; }

    /// <summary>The time since the close at which the provider says it publishes. The default is the profile's, or unknown.</summary>
    [Range(typeof(TimeSpan), "0s", "30d")]
    public TimeSpan? PublicationDelay { get; set; }

    /// <summary>The most GETs of this dataset in one day of the provider. The default is no limit but the provider's.</summary>
    [Range(0, 1_000_000_000)]
    public int? DailyGetBudget { get; set; }

    /// <summary>
    /// How long after it was found the data is fetched again to see revisions; each from 1 min to 30 days. The default is never.
    /// </summary>
    [Range(typeof(TimeSpan), "1m", "30d")]
    public List<TimeSpan> RereadAfter { get; set; } = [];
}
