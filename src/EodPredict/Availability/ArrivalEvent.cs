namespace EodPredict.Availability;

/// <summary>One payload that was received: an arrival, or a revision of one.</summary>
/// <param name="Id">Its place among all of them; rises with each, with gaps.</param>
/// <param name="Dataset">The dataset.</param>
/// <param name="Ticker">The ticker.</param>
/// <param name="SessionDate">The session date.</param>
/// <param name="Version">From 1; later ones are revisions.</param>
/// <param name="ReceivedAt">When the reply was read, on the service's clock.</param>
/// <param name="Length">Of the body, in bytes.</param>
/// <param name="Sha256">Of the body, in hexadecimal.</param>
public sealed record ArrivalEvent(
    long Id, string Dataset, string Ticker, DateOnly SessionDate, int Version, DateTimeOffset ReceivedAt, long Length, string Sha256);
