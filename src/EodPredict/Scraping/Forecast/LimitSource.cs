namespace EodPredict.Scraping.Forecast;

/// <summary>What a forecast of a limit rests on.</summary>
public enum LimitSource
{
    /// <summary>Nothing is known of the endpoint.</summary>
    Nothing,

    /// <summary>The rate at which the last run ended.</summary>
    LastRate,

    /// <summary>What was seen in the same windows of other days.</summary>
    Profile,

    /// <summary>The trees, on top of that.</summary>
    Trees,
}
