namespace EodPredict.Scraping.Forecast;

/// <summary>When a job is sent.</summary>
/// <param name="StartsAt">Not before this; the instant of the plan where it is sent at once.</param>
/// <param name="Windows">The begins of the windows in which it is sent, rising; empty where no windows were chosen.</param>
/// <param name="Because">Why, in a sentence for people.</param>
public sealed record WindowPlan(DateTimeOffset StartsAt, IReadOnlyList<DateTimeOffset> Windows, string Because);
