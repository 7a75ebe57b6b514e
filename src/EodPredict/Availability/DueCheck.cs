namespace EodPredict.Availability;

/// <summary>What becomes of a check that is due.</summary>
/// <param name="Session">The session, asked as is best by what is known now.</param>
/// <param name="Later">When it is made instead; null: it is made now.</param>
/// <param name="Batch">The batch whose turn it has, to be given back afterwards; null where it has none.</param>
internal sealed record DueCheck(OpenSession Session, NextCheck? Later, string? Batch);
