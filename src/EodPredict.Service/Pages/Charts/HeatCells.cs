namespace EodPredict.Service.Pages.Charts;

/// <summary>What a heat map shows.</summary>
/// <param name="Rows">The names of the rows, from the top.</param>
/// <param name="Columns">The names of the columns, from the left.</param>
/// <param name="Values">A row of values for each row; null where there is none.</param>
public sealed record HeatCells(IReadOnlyList<string> Rows, IReadOnlyList<string> Columns, IReadOnlyList<double?[]> Values);
