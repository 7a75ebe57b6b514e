using Microsoft.AspNetCore.Mvc;

namespace EodPredict.Service.Orders;

/// <summary>Which recorded orders are asked for; whatever is null is not asked about.</summary>
/// <param name="Source">The script that recorded them.</param>
/// <param name="ClientKey">That script's key.</param>
/// <param name="OrderId">The id.</param>
/// <param name="Text">Part of the payload's text, of the source or of the key.</param>
/// <param name="Before">Only orders before this one in the order of commits: the next page.</param>
/// <param name="Max">Entries of a page, from 1 to 1000; by default 100.</param>
public sealed record OrderFilter(
    [FromQuery(Name = "source")] string? Source,
    [FromQuery(Name = "client_key")] string? ClientKey,
    [FromQuery(Name = "order_id")] long? OrderId,
    [FromQuery(Name = "q")] string? Text,
    [FromQuery(Name = "before")] string? Before,
    [FromQuery(Name = "max")] int? Max);
