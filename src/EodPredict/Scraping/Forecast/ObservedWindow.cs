namespace EodPredict.Scraping.Forecast;

/// <summary>What was seen of an endpoint's limit in one window. Rates are natural logarithms of requests per second.</summary>
/// <param name="Begin">When the window began.</param>
/// <param name="Low">The limit was at least this.</param>
/// <param name="High">It was at most this; infinite where it was not met.</param>
internal readonly record struct ObservedWindow(DateTimeOffset Begin, double Low, double High)
{
    /// <summary>Whether the limit was met; where not, only that it is higher than <see cref="Low"/> is known.</summary>
    public bool IsTouched => double.IsFinite(High);

    /// <summary>The limit where it was met, else what it exceeds.</summary>
    public double Rate => IsTouched ? (Low + High) / 2 : Low;

    /// <summary>When it had ended.</summary>
    public DateTimeOffset End => Begin + LimitWindow.Length;
}
