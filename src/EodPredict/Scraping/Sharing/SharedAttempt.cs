using System.Runtime.InteropServices;
using EodPredict.Scraping.Limit;

namespace EodPredict.Scraping.Sharing;

/// <summary>One attempt as the others are told of it. Its bytes are what is stored.</summary>
/// <param name="SentAt">When it was sent, in ticks since the Unix epoch by the database's clock.</param>
/// <param name="Took">Ticks until its end.</param>
/// <param name="RetryAfter">Milliseconds for which the server asked to wait; -1 where it did not.</param>
/// <param name="Outcome">What it told.</param>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly record struct SharedAttempt(long SentAt, int Took, int RetryAfter, int Outcome)
{
    public static SharedAttempt Of(Attempt attempt, ServerClock clock) => new(
        clock.ToServer(attempt.SentAt), (int)Math.Min(int.MaxValue, (attempt.FinishedAt - attempt.SentAt).Ticks),
        attempt.Hint.RetryAfter is { } wait ? (int)Math.Clamp(wait.TotalMilliseconds, 0, int.MaxValue) : -1, (int)attempt.Outcome);

    public Attempt On(ServerClock clock)
    {
        var sent = clock.ToOwn(SentAt);
        var wait = RetryAfter < 0 ? default(TimeSpan?) : TimeSpan.FromMilliseconds(RetryAfter);
        return new(sent, sent + TimeSpan.FromTicks(Took), 0, (AttemptOutcome)Outcome, new(wait, null, null, null, null));
    }
}
