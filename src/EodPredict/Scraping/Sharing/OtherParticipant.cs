namespace EodPredict.Scraping.Sharing;

/// <summary>Another participant, as the one that leads hears of it.</summary>
/// <param name="Who">The participant.</param>
/// <param name="SeenAt">Its last exchange, by the database's clock, in ticks since the Unix epoch.</param>
/// <param name="Lives">False where its process is known to be dead.</param>
/// <param name="Report">What it told.</param>
/// <param name="Attempts">Its attempts of the seconds before.</param>
internal sealed record OtherParticipant(Participant Who, long SeenAt, bool Lives, ShareReport Report, SharedAttempt[] Attempts);
