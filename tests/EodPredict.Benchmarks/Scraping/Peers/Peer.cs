namespace EodPredict.Benchmarks.Scraping.Peers;

/// <summary>One way in which a tool of today would do the work.</summary>
/// <param name="Name">The tool.</param>
/// <param name="Setting">How it is set; empty for its defaults.</param>
/// <param name="RunAsync">Fetches items 1 to a number from a port of loopback, and is stopped after a time.</param>
internal sealed record Peer(string Name, string Setting, Func<int, int, TimeSpan, Task<PeerResult>> RunAsync);
