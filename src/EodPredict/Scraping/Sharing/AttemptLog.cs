using System.Runtime.InteropServices;

namespace EodPredict.Scraping.Sharing;

/// <summary>This participant's attempts of the last seconds, numbered, for the one that leads. Not thread-safe.</summary>
internal sealed class AttemptLog
{
    private readonly Queue<(TimeSpan At, SharedAttempt Attempt)> _attempts = new();

    /// <summary>The number of the first that is kept.</summary>
    public long First { get; private set; }

    public void Add(TimeSpan at, SharedAttempt attempt)
    {
        _attempts.Enqueue((at, attempt));
        while (at - _attempts.Peek().At > ShareTerms.Readable)
        {
            Drop();
        }
    }

    public SharedAttempt[] ToArray() => [.. _attempts.Select(kept => kept.Attempt)];

    /// <summary>What was done so far is of no use to others.</summary>
    public void Clear()
    {
        while (_attempts.Count > 0)
        {
            Drop();
        }
    }

    public static byte[] Bytes(SharedAttempt[] attempts) => MemoryMarshal.AsBytes(attempts.AsSpan()).ToArray();

    public static SharedAttempt[] FromBytes(byte[] bytes) => MemoryMarshal.Cast<byte, SharedAttempt>(bytes).ToArray();

    private void Drop()
    {
        _attempts.Dequeue();
        First++;
    }
}
