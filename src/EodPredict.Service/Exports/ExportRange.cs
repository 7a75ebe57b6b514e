namespace EodPredict.Service.Exports;

/// <summary>Which rows of a table are exported.</summary>
/// <param name="Dataset">Those of this dataset; null: of all.</param>
/// <param name="From">The first day; null: from the beginning.</param>
/// <param name="To">The last day, itself included; null: to the end.</param>
internal sealed record ExportRange(string? Dataset, DateOnly? From, DateOnly? To);
