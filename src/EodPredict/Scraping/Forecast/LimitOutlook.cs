namespace EodPredict.Scraping.Forecast;

/// <summary>
/// What one endpoint's limit is expected to be in any window, from what is known at one instant: by the trees, else by the profile, else
/// the last known rate. Immutable.
/// </summary>
public sealed class LimitOutlook
{
    // What a rate that one run ended with says of another time of day.
    private const double LastRateDeviation = 0.5;
    private const double Tail = 0.1;
    private const int FewestDays = 3;
    private const int FewestWindows = 48;

    private readonly LimitProfile? _profile;
    private readonly LearnedLimit? _model;
    private readonly double? _lastRate;

    internal LimitOutlook(DateTimeOffset now, IReadOnlyList<ObservedWindow> seen, LearnedLimit? model, double? lastRate)
    {
        (Now, Seen, _model, _lastRate) = (now, seen, model, lastRate);
        _profile = LimitProfile.Of(seen, now);
    }

    /// <summary>The instant of the forecast.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>What forecasts rest on.</summary>
    public LimitSource Source =>
        _profile is null ? _lastRate is null ? LimitSource.Nothing : LimitSource.LastRate
        : _model is null ? LimitSource.Profile : LimitSource.Trees;

    /// <summary>Days (UTC) on which the limit was met.</summary>
    public int Days => _profile?.Days ?? 0;

    /// <summary>Windows in which it was.</summary>
    public int Windows => _profile?.Touched ?? 0;

    /// <summary>Whether enough is known to tell good windows from bad ones.</summary>
    public bool TellsWindows => Days >= FewestDays && Windows >= FewestWindows;

    /// <summary>What was seen, rising.</summary>
    internal IReadOnlyList<ObservedWindow> Seen { get; }

    /// <summary>The forecast of the window of an instant; null where nothing is known of the endpoint.</summary>
    public LimitForecast? Of(DateTimeOffset at) => Law(at) is { } law
        ? new LimitForecast(
            LimitWindow.Begin(at), Math.Exp(law.Mean), Math.Exp(law.Quantile(Tail)), Math.Exp(law.Quantile(1 - Tail)), Source)
        : null;

    /// <summary>The windows from that of one instant up to another, each with its forecast; empty where nothing is known.</summary>
    public IReadOnlyList<LimitForecast> Between(DateTimeOffset from, DateTimeOffset to)
    {
        var windows = new List<LimitForecast>();
        for (var at = LimitWindow.Begin(from); at < to && Of(at) is { } forecast; at += LimitWindow.Length)
        {
            windows.Add(forecast);
        }

        return windows;
    }

    internal LimitLaw? Law(DateTimeOffset at)
    {
        var window = LimitWindow.Begin(at);
        return _profile is null ? _lastRate is { } rate ? new LimitLaw(Math.Log(rate), LastRateDeviation) : null
            : _model?.Law(_profile, window, Now) ?? _profile.Law(window);
    }
}
