using EodPredict.Service.Api;
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
    private const int MostEntries = 1000;

    private const int UsualEntries = 100;

    public int Rows => RowsOf(Max);

    /// <summary>How many entries a page has.</summary>
    public static int RowsOf(int? max) => Math.Clamp(max ?? UsualEntries, 1, MostEntries);

    /// <summary>The problem of a page that cannot be so long; null: it can.</summary>
    public static IResult? Fault(int? max) =>
        max is null or (>= 1 and <= MostEntries) ? null : ApiProblem.Invalid($"max is from 1 to {MostEntries}, not {max}.");
}
