using System.ComponentModel.DataAnnotations;

namespace EodPredict.Providers.Configuration;

/// <summary>One provider; the section <c>Eod:Providers:NAME</c>.</summary>
internal sealed class ProviderOptions
{
    /// <summary>
    /// A ready profile, whose values hold where nothing else is given: EODHD, Tiingo, Massive, AlphaVantage, Stooq, NasdaqDataLink. The
    /// default is none.
    /// </summary>
    public string? Profile { get; set; }

    /// <summary>
    /// What comes before addresses that are only a path, such as <c>https://host</c>. The default is the profile's, or none.
    /// </summary>
    public string? BaseAddress { get; set; }

    /// <summary>The name of the environment variable that holds the key. The default is none: no key is sent.</summary>
    public string? KeyFromEnvironment { get; set; }

    /// <summary>Headers sent with every call; <c>{key}</c> stands for the key. The default is the profile's, or none.</summary>
    public Dictionary<string, string> Headers { get; set; } = [];

    /// <summary>The most GETs in one day of the provider, over all its datasets. The default is the profile's, or no limit.</summary>
    [Range(0, 1_000_000_000)]
    public int? DailyGetBudget { get; set; }

    /// <summary>The zone whose midnight begins the provider's day. The default is the profile's, or Etc/UTC.</summary>
    public string BudgetTimeZone { get; set; } = "Etc/UTC";

    /// <summary>The most calls at a time; from 1 to 1000. The default is the profile's, or 4.</summary>
    [Range(1, 1000)]
    public int MaxInFlight { get; set; } = 4;

    /// <summary>How long one call may take until its reply is read whole; from 10 ms to 10 min. The default is 30 s.</summary>
    [Range(typeof(TimeSpan), "10ms", "10m")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Longer replies are cut and not used; bytes after decompression, from 1 KiB to 1 GiB. The default is 16 MiB.</summary>
    [Range(1024, 1024 * 1024 * 1024)]
    public int MaxReplyBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>By name; a name is unique over all providers. At least one.</summary>
    public Dictionary<string, DatasetOptions> Datasets { get; set; } = [];
}
