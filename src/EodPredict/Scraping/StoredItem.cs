namespace EodPredict.Scraping;

/// <summary>What was fetched for one id.</summary>
/// <param name="Id">The id.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="ContentType">The media type; null where the server did not say.</param>
/// <param name="FetchedAt">When it was fetched.</param>
/// <param name="Body">The body in plain.</param>
public sealed record StoredItem(string Id, int Status, string? ContentType, DateTimeOffset FetchedAt, byte[] Body);
