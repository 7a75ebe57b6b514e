namespace EodPredict.Replay.Vendor;

/// <summary>
/// The limit of one endpoint. Rates, windows and bans run on the wall clock, as the machines do that they protect; the daily quota runs on
/// the service's clock, as the calendar does. Retry-After always counts seconds of the service's clock, which is the one its reader has.
/// </summary>
public sealed class ThrottleOptions
{
    /// <summary>How requests are counted. Default: no limit of rate.</summary>
    public ThrottleShape Shape { get; set; }

    /// <summary>Requests per <see cref="Window"/>; more than 0. Default: 50.</summary>
    public double Limit { get; set; } = 50;

    /// <summary>The time for which <see cref="Limit"/> holds; more than zero. Default: 1 second.</summary>
    public TimeSpan Window { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Requests that a full token bucket admits at once; at least 1. Default: null, which is the limit.</summary>
    public double? Burst { get; set; }

    /// <summary>Requests served at one time; 0 or more. Default: 0, which is no limit.</summary>
    public int MaxInFlight { get; set; }

    /// <summary>Requests admitted per day of the service's clock, from 00:00 UTC; 0 or more. Default: 0, which is no limit.</summary>
    public int DailyLimit { get; set; }

    /// <summary>Whether a refused request uses up the rate as an admitted one does. Default: no.</summary>
    public bool CountRefused { get; set; }

    /// <summary>Refusals within <see cref="BanWindow"/> that lead to a ban; 0 or more. Default: 0, which is no ban.</summary>
    public int BanAfter { get; set; }

    /// <summary>The time in which refusals are counted towards a ban; more than zero. Default: 2 seconds.</summary>
    public TimeSpan BanWindow { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a ban refuses everything; more than zero. Default: 10 seconds.</summary>
    public TimeSpan BanFor { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How a refusal looks. Default: 429.</summary>
    public ThrottleReply Reply { get; set; }

    /// <summary>Whether a refusal tells in Retry-After how long to wait. Default: yes.</summary>
    public bool SendRetryAfter { get; set; } = true;

    /// <summary>Whether every reply tells X-RateLimit-Limit and X-RateLimit-Remaining. Default: no.</summary>
    public bool SendRateLimitHeaders { get; set; }
}
