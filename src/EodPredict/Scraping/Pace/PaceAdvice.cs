namespace EodPredict.Scraping.Pace;

/// <summary>Whether to send a request now.</summary>
/// <param name="Send">Whether now is the time.</param>
/// <param name="AskAgain">
/// Where it is not: when to ask again, unless a reply comes before; <see cref="TimeSpan.MaxValue"/> where only a reply can change it.
/// </param>
public readonly record struct PaceAdvice(bool Send, TimeSpan AskAgain);
