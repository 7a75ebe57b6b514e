namespace EodPredict.Service.Pages.Today;

/// <summary>Which of today's sessions are asked for.</summary>
public sealed record TodayQuery
{
    /// <summary>Part of a ticker's or a dataset's name; empty for all.</summary>
    public string Text { get; init; } = "";

    /// <summary>late, open, found, or another state; empty for all.</summary>
    public string State { get; init; } = "";

    /// <summary>Only those that land together with this ticker, and are named after it.</summary>
    public string Company { get; init; } = "";

    /// <summary>Whether those that land together are one row.</summary>
    public bool Folds { get; init; } = true;

    /// <summary>From 0.</summary>
    public int Page { get; init; }

    /// <summary>How many rows a page has.</summary>
    public int PageSize { get; init; } = 50;

    /// <summary>Whether they come by their ids, the newest first, and not the late ones first.</summary>
    public bool IsNewestFirst { get; init; }

    /// <summary>Only those with a smaller id; null: all.</summary>
    public long? Before { get; init; }

    /// <summary>How many tickers are shown of those that land together.</summary>
    public int MembersShown { get; init; } = 8;
}
