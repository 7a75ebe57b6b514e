namespace EodPredict.Scraping.Sharing;

/// <summary>A participant with a share.</summary>
/// <param name="Who">The participant.</param>
/// <param name="InFlight">The most requests that it may have in flight; 1 or more.</param>
internal sealed record ShareMember(Participant Who, int InFlight);
