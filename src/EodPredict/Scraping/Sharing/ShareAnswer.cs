namespace EodPredict.Scraping.Sharing;

/// <summary>What the database answers to one exchange. Instants by its clock, in ticks since the Unix epoch.</summary>
/// <param name="Now">Its clock.</param>
/// <param name="Leader">Who leads; null where nobody does.</param>
/// <param name="LeadsUntil">Until when.</param>
/// <param name="Plan">The plan; null before the first.</param>
/// <param name="Others">The other participants of late, for the one that leads; else empty.</param>
internal sealed record ShareAnswer(
    long Now, Participant? Leader, long LeadsUntil, SharePlan? Plan, IReadOnlyList<OtherParticipant> Others);
