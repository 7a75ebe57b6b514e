namespace EodPredict.Benchmarks.Scraping.Peers;

/// <summary>What a peer has at its end.</summary>
/// <param name="Stored">Items.</param>
/// <param name="Rows">Bodies, more where one item was stored more than once.</param>
/// <param name="IsDone">Whether it ended by itself.</param>
internal sealed record PeerResult(long Stored, long Rows, bool IsDone);
