namespace EodPredict.Service.History;

/// <summary>One session as the API tells of it.</summary>
/// <param name="Id">Its place among all of them; rises.</param>
/// <param name="Dataset">The dataset.</param>
/// <param name="Ticker">The ticker.</param>
/// <param name="SessionDate">The session date.</param>
/// <param name="CloseAt">The close.</param>
/// <param name="State">open, found, missed or never.</param>
/// <param name="FoundAt">When the reply was read that found it.</param>
/// <param name="NotThereAt">The last instant at which it is known not to have been there; the close, where nobody had asked.</param>
/// <param name="ThereAt">The first instant at which it is known to have been there.</param>
/// <param name="NextCheckAt">When it is checked next; null unless open.</param>
/// <param name="NextMethod">How: GET, HEAD or PAGE.</param>
/// <param name="NextCheckWhy">Why then.</param>
/// <param name="Gets">GETs spent.</param>
/// <param name="Signals">Cheap signals asked.</param>
internal sealed record SessionEntry(
    long Id, string Dataset, string Ticker, DateOnly SessionDate, DateTimeOffset CloseAt, string State, DateTimeOffset? FoundAt,
    DateTimeOffset? NotThereAt, DateTimeOffset? ThereAt, DateTimeOffset? NextCheckAt, string? NextMethod, string? NextCheckWhy, int Gets,
    int Signals);
