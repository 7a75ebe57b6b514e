namespace EodPredict.Service.History;

/// <summary>One version of what was received, without its body.</summary>
/// <param name="Id">That of its observation, and of its event.</param>
/// <param name="Dataset">The dataset.</param>
/// <param name="Ticker">The ticker.</param>
/// <param name="SessionDate">The session date.</param>
/// <param name="Version">From 1; later ones are revisions.</param>
/// <param name="ReceivedAt">When the reply was read.</param>
/// <param name="Length">Of the body, in bytes.</param>
/// <param name="ContentType">As the reply said.</param>
/// <param name="Sha256">Of the body, in hexadecimal.</param>
internal sealed record PayloadEntry(
    long Id, string Dataset, string Ticker, DateOnly SessionDate, int Version, DateTimeOffset ReceivedAt, long Length, string? ContentType,
    string Sha256);
