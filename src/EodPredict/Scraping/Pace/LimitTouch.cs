namespace EodPredict.Scraping.Pace;

/// <summary>One instant at which the limit was found exhausted. Times in seconds.</summary>
/// <param name="At">When.</param>
/// <param name="Admitted">Requests admitted before, ever.</param>
/// <param name="Beyond">Requests admitted beyond the rate where sending had been faster in order to find out; null where not.</param>
/// <param name="Paused">Whether sending stood still for a while since the touch before.</param>
/// <param name="Slowest">The slowest pace since the touch before, in requests per second.</param>
/// <param name="Fastest">The fastest pace since the touch before, in requests per second.</param>
internal readonly record struct LimitTouch(double At, double Admitted, double? Beyond, bool Paused, double Slowest, double Fastest)
{
    /// <summary>Requests that other processes could have sent before, ever, and did not.</summary>
    public double Unused { get; init; }

    /// <summary>Whether all that flowed in since the touch before may have been used.</summary>
    public bool Unprovoked => Beyond is null && !Paused;
}
