namespace EodPredict.Availability;

/// <summary>How the watching of a session ended.</summary>
/// <param name="State">found, missed or never, as <c>eod.session</c> spells it.</param>
/// <param name="FoundAt">When it was in hand; null unless found.</param>
/// <param name="RereadAt">When it is read again, for a revision; null: not again.</param>
internal sealed record SessionEnd(string State, DateTimeOffset? FoundAt = null, DateTimeOffset? RereadAt = null);
