namespace EodPredict.Forecasting.Nowcasting;

/// <summary>That a ticker goes together with others: what is kept of it between processes.</summary>
/// <param name="Kind">How they go together.</param>
/// <param name="Company">Which company: the first of its tickers, in ordinal order.</param>
/// <param name="Ticker">The ticker; in a group, a batch stands under its own name.</param>
/// <param name="Trust">In a batch, the share of sessions in which it lands with the others; in a group, how far it follows.</param>
internal sealed record CompanyTie(CompanyKind Kind, string Company, string Ticker, double Trust);
