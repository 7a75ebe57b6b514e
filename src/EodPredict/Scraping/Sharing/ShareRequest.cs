namespace EodPredict.Scraping.Sharing;

/// <summary>One exchange, as a participant asks for it.</summary>
/// <param name="Report">What it tells of itself.</param>
/// <param name="Attempts">Its attempts of the last seconds.</param>
/// <param name="Plan">The plan that holds from now on; null from one that does not lead.</param>
/// <param name="MayLead">Whether it would lead where nobody does.</param>
/// <param name="News">What others should hear of at once; null for nothing.</param>
/// <param name="Resigns">Whether it leads no longer, for another does it better.</param>
internal sealed record ShareRequest(
    ShareReport Report, SharedAttempt[] Attempts, SharePlan? Plan, bool MayLead, ShareNews? News, bool Resigns);
