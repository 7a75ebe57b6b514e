namespace EodPredict.Service.Pages.Today;

/// <summary>One session as the pages and the API show it.</summary>
public sealed record SessionView
{
    /// <summary>Its place among all of them; rises.</summary>
    public required long Id { get; init; }

    public required string Dataset { get; init; }

    public required string Ticker { get; init; }

    public required DateOnly SessionDate { get; init; }

    /// <summary>The first ticker of those it lands together with; itself where there are none.</summary>
    public required string Company { get; init; }

    public required DateTimeOffset CloseAt { get; init; }

    /// <summary>open, found, missed or never.</summary>
    public required string State { get; init; }

    /// <summary>Whether it is open although the law had it arrived by now with 95%.</summary>
    public required bool Late { get; init; }

    /// <summary>Minutes since the close by which 5, 25, 50, 75 and 95% of the first law had arrived; may be empty.</summary>
    public required IReadOnlyList<double> LawMinutes { get; init; }

    public required int Gets { get; init; }

    public required int Signals { get; init; }

    /// <summary>What was asked for it, in order.</summary>
    public required IReadOnlyList<SessionCall> Calls { get; init; }

    /// <summary>The last instant at which it was not there, once it was found.</summary>
    public DateTimeOffset? ArrivedAfter { get; init; }

    /// <summary>The first instant at which it was there.</summary>
    public DateTimeOffset? ArrivedBy { get; init; }

    public DateTimeOffset? FoundAt { get; init; }

    public DateTimeOffset? NextCheckAt { get; init; }

    public string? NextMethod { get; init; }

    public string? NextCheckWhy { get; init; }

    /// <summary>The instant by which the share at this place of <see cref="LawMinutes"/> had arrived; null without a law.</summary>
    internal DateTimeOffset? LawAt(int place) => LawMinutes.Count > place ? CloseAt.AddMinutes(LawMinutes[place]) : null;
}
