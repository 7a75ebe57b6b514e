namespace EodPredict.Service.Pages.Today;

/// <summary>One row of the page: a session, or those of tickers that land together.</summary>
/// <param name="Tickers">How many sessions it stands for.</param>
/// <param name="Open">How many of them are open.</param>
/// <param name="Late">How many of those are late.</param>
/// <param name="Found">How many are found.</param>
/// <param name="Gets">How many GETs all of them cost.</param>
/// <param name="Sessions">The first of them, late ones first; never empty.</param>
public sealed record TodayRow(long Tickers, long Open, long Late, long Found, long Gets, IReadOnlyList<SessionView> Sessions)
{
    public SessionView First => Sessions[0];

    public bool IsFolded => Tickers > 1;
}
