using Microsoft.AspNetCore.Mvc;

namespace EodPredict.Service.History;

/// <summary>What a list is asked for; whatever is null is not asked about.</summary>
/// <param name="Dataset">The dataset.</param>
/// <param name="Ticker">The ticker.</param>
/// <param name="SessionDate">The session date, as 2026-11-20.</param>
/// <param name="Before">Only entries with a smaller id: the next page.</param>
/// <param name="Max">Entries of a page, from 1 to 1000; by default 100.</param>
internal sealed record HistoryFilter(
    [FromQuery(Name = "dataset")] string? Dataset,
    [FromQuery(Name = "ticker")] string? Ticker,
    [FromQuery(Name = "session_date")] DateOnly? SessionDate,
    [FromQuery(Name = "before")] long? Before,
    [FromQuery(Name = "max")] int? Max)
{
    public const int MostEntries = 1000;

    private const int UsualEntries = 100;

    public int Rows => Math.Clamp(Max ?? UsualEntries, 1, MostEntries);
}
