namespace EodPredict.Scraping.Limit;

/// <summary>A throttle observation: what an endpoint bore in one minute.</summary>
/// <param name="Minute">When it began.</param>
/// <param name="Attempts">Attempts that ended in it.</param>
/// <param name="Accepted">Those served.</param>
/// <param name="Refused">Those refused for lack of patience.</param>
/// <param name="Failed">Those without a useful reply.</param>
/// <param name="MostInFlight">The most in flight when one was sent, itself included.</param>
/// <param name="LatencyMedian">Of those served; null where none was.</param>
/// <param name="Pace">Requests per second that were aimed at in the end; 0 while nothing was known.</param>
internal readonly record struct ThrottleMinute(
    DateTimeOffset Minute, int Attempts, int Accepted, int Refused, int Failed, int MostInFlight, TimeSpan? LatencyMedian, double Pace)
{
    /// <summary>Whether the limit was met; where not, it is higher than what was accepted.</summary>
    public bool IsTouched => Refused > 0;
}
