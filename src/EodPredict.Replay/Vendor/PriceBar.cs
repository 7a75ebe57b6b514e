namespace EodPredict.Replay.Vendor;

/// <summary>One session's prices, in units of money with two decimals, and its volume in shares.</summary>
internal sealed record PriceBar(string Ticker, DateOnly Date, decimal Open, decimal High, decimal Low, decimal Close, long Volume);
