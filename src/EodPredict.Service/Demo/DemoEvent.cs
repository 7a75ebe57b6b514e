namespace EodPredict.Service.Demo;

/// <summary>One answered GET and what came of it.</summary>
internal sealed record DemoEvent
{
    public required long Id { get; init; }

    public required string Ticker { get; init; }

    public required DateOnly SessionDate { get; init; }

    /// <summary>As in <c>eod.observation</c>.</summary>
    public required string Outcome { get; init; }

    public required string Reason { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>How many GETs the session has cost by now.</summary>
    public required int Gets { get; init; }

    public DateTimeOffset? NextAt { get; init; }

    public string? NextWhy { get; init; }
}
