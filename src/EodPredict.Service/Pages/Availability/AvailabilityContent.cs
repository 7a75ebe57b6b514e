namespace EodPredict.Service.Pages.Availability;

/// <summary>What the page of availability shows of one dataset.</summary>
public sealed record AvailabilityContent : PageContent
{
    /// <summary>The datasets that have arrivals or are configured.</summary>
    public required IReadOnlyList<string> Datasets { get; init; }

    /// <summary>The one shown; empty where there is none.</summary>
    public required string Dataset { get; init; }

    /// <summary>Part of a ticker's name; empty for all.</summary>
    public string Text { get; init; } = "";

    /// <summary>From 0.</summary>
    public int Page { get; init; }

    /// <summary>The session dates shown, rising.</summary>
    public IReadOnlyList<DateOnly> Dates { get; init; } = [];

    /// <summary>The tickers of this page, each with the minutes between close and arrival on each date, and whether it was watched then.</summary>
    public IReadOnlyList<(string Ticker, double?[] Minutes, bool[] IsWatched)> Tickers { get; init; } = [];

    /// <summary>How many tickers fit the text.</summary>
    public long AllTickers { get; init; }

    /// <summary>What each date cost, in the order of <see cref="Dates"/>; dates without a check are missing.</summary>
    public IReadOnlyList<AvailabilityDay> Days { get; init; } = [];

    /// <summary>The daily budgets of the dataset.</summary>
    public IReadOnlyList<BudgetDay> Budgets { get; init; } = [];

    public NumberTable DelayNumbers => new(
        "delays", "Minutes from the close to the arrival, at the latest", ["ticker", .. Dates.Select(Pages.Shown.Date)],
        [.. Tickers.Select(ticker => (object?[])[ticker.Ticker, .. ticker.Minutes.Select(minutes => (object?)minutes)])]);

    public NumberTable GetNumbers => new(
        "gets", "GETs by session date, beside those of a cron every 30 minutes", ["session_date", "sessions", "found", "gets", "cron_gets"],
        [.. Days.Select(day => new object?[] { day.Date, day.Sessions, day.Found, day.Gets, day.CronGets })]);

    public NumberTable WidthNumbers => new(
        "widths", "How exactly arrivals are known: minutes from the last 'not yet' to the first 'there'", ["session_date", "median",
            "share_90"],
        [.. Days.Where(day => day.WidthMedian is not null).Select(day => new object?[] { day.Date, day.WidthMedian, day.Width90 })]);

    public override IEnumerable<NumberTable> Tables => [DelayNumbers, GetNumbers, WidthNumbers];
}
