namespace EodPredict.Benchmarks.Scraping.Servers;

/// <summary>What an <see cref="Origin"/> has served.</summary>
/// <param name="Served">Replies, each item as often as it was asked for.</param>
/// <param name="Items">Items.</param>
/// <param name="Took">From the first request to the last reply.</param>
/// <param name="Slowness">What its replies took / what they should have taken: its own timers are late too.</param>
internal readonly record struct OriginCount(int Served, int Items, TimeSpan Took, double Slowness);
