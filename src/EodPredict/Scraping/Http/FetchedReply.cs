namespace EodPredict.Scraping.Http;

/// <summary>What one attempt brought.</summary>
/// <param name="Verdict">What it means.</param>
/// <param name="Status">The HTTP status; 0 where no reply came.</param>
/// <param name="ContentType">The media type; null where it was not said.</param>
/// <param name="Encoding">How the body is compressed; null where it is not.</param>
/// <param name="Body">The body as it came; empty unless accepted.</param>
internal sealed record FetchedReply(
    ReplyVerdict Verdict, int Status = 0, string? ContentType = null, string? Encoding = null, byte[]? Body = null);
