namespace EodPredict.Service.Pages.Today;

/// <summary>What the page Today shows.</summary>
public sealed record TodayContent : PageContent
{
    public required TodayQuery Query { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>The rows of this page.</summary>
    public required IReadOnlyList<TodayRow> Rows { get; init; }

    /// <summary>How many rows all pages have.</summary>
    public required long AllRows { get; init; }

    /// <summary>How many sessions fit the text, whatever their state.</summary>
    public required TodayCounts Counts { get; init; }

    public override IEnumerable<NumberTable> Tables =>
    [
        new(
            "today", "The sessions of this page",
            ["dataset", "ticker", "session_date", "close_utc", "state", "late", "law_05_minutes", "law_25_minutes", "law_50_minutes",
                "law_75_minutes", "law_95_minutes", "gets", "signals", "found_utc", "next_check_utc", "next_method", "why"],
            [.. Rows.SelectMany(row => row.Sessions).Select(Numbers)]),
    ];

    private static object?[] Numbers(SessionView session) =>
    [
        session.Dataset, session.Ticker, session.SessionDate, session.CloseAt, session.State, session.Late ? 1 : 0,
        .. Enumerable.Range(0, TodaySessions.Quantiles).Select(i => (object?)(session.LawMinutes.Count > i ? session.LawMinutes[i] : null)),
        session.Gets, session.Signals, session.FoundAt, session.NextCheckAt, session.NextMethod, session.NextCheckWhy,
    ];
}
