namespace EodPredict.Forecasting.Nowcasting;

/// <summary>Tickers that share a drop.</summary>
/// <param name="Common">The arrivals of the batch as a whole.</param>
/// <param name="Members">Its tickers, in ordinal order of their names.</param>
internal sealed record ArrivalBatch(ArrivalSeries Common, IReadOnlyList<ArrivalSeries> Members);
