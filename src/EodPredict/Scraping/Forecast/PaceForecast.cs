namespace EodPredict.Scraping.Forecast;

/// <summary>
/// Tells a controller where to start, and at each turn of the window by how much the limit is expected to differ from then on. What the
/// controller has learned meanwhile stands: only the forecast's own step is handed on. Not thread-safe.
/// </summary>
internal sealed class PaceForecast(LimitOutlook outlook)
{
    // Smaller steps are followed as they come.
    private const double LeastStep = 0.03;

    private LimitForecast? _current;

    /// <summary>
    /// Requests per second to start from; null where nothing is known. The less sure the forecast, the further below its middle: a start
    /// that is too slow is made good within seconds, one that is too fast is refused.
    /// </summary>
    public double? Start(DateTimeOffset now)
    {
        _current = outlook.Of(now);
        return _current is { } forecast
            ? forecast.Source == LimitSource.LastRate ? forecast.Rate : Math.Sqrt(forecast.Rate * forecast.Low)
            : null;
    }

    /// <summary>By what the limit is expected to have changed; null where that is nothing worth telling.</summary>
    public double? Turn(DateTimeOffset now)
    {
        if (_current is not { } former || LimitWindow.Begin(now) == former.Begin || outlook.Of(now) is not { } next)
        {
            return null;
        }

        _current = next;
        var step = next.Rate / former.Rate;
        return Math.Abs(Math.Log(step)) > LeastStep ? step : null;
    }
}
