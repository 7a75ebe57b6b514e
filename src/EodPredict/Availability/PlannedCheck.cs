using System.Globalization;
using EodPredict.Providers;

namespace EodPredict.Availability;

/// <summary>One check of a plan.</summary>
public sealed record PlannedCheck
{
    public required CheckMethod Method { get; init; }

    /// <summary>When, as time since the close.</summary>
    public required TimeSpan At { get; init; }

    /// <summary>The probability, as known when the plan was made, that the data is there at that time.</summary>
    public required double ProbabilityThere { get; init; }

    /// <summary>What this check and all that follow it are expected to cost, waiting included, should it come to this check.</summary>
    public required double ExpectedCost { get; init; }

    /// <summary>How many minutes of waiting cost as much as this check does.</summary>
    public required double WorthMinutes { get; init; }

    /// <summary>Whether watching ends with this check.</summary>
    public required bool IsLast { get; init; }

    /// <summary>The instant of the close, where known.</summary>
    public DateTimeOffset? Close { get; init; }

    /// <summary>Why then, in a sentence for people.</summary>
    public string Reason
    {
        get
        {
            var by = Close is { } close
                ? (close + At).ToString(At < TimeSpan.FromDays(1) ? "HH:mm" : "ddd HH:mm", CultureInfo.InvariantCulture)
                : string.Create(CultureInfo.InvariantCulture, $"{(int)At.TotalHours} h {At.Minutes} min after the close");
            var likely = ProbabilityThere switch
            {
                > 0.995 => "almost certain",
                < 0.005 => "hardly likely",
                var p => string.Create(CultureInfo.InvariantCulture, $"{100 * p:0}% likely"),
            };
            return IsLast
                ? $"{likely} by {by}, where watching ends: the last check"
                : string.Create(CultureInfo.InvariantCulture, $"{likely} by {by}; {Name} costs as much as {WorthMinutes:0.#} minutes of delay");
        }
    }

    private string Name => Method switch
    {
        CheckMethod.Head => "a HEAD",
        CheckMethod.Page => "a look at the status page",
        _ => "a GET",
    };
}
