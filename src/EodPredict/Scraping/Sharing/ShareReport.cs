using System.Text.Json.Serialization;

namespace EodPredict.Scraping.Sharing;

/// <summary>What a participant tells of itself. Instants by the database's clock, in ticks since the Unix epoch.</summary>
internal sealed record ShareReport
{
    /// <summary>Requests per second that it could send; null for as many as it may.</summary>
    public double? Wants { get; init; }

    /// <summary>Its job's bound, in requests per second; null for none.</summary>
    public double? MaxPace { get; init; }

    /// <summary>The most that its job allows in flight; null for no bound.</summary>
    public int? MaxInFlight { get; init; }

    /// <summary>Since when some of its requests may be unanswered; null where none is in flight.</summary>
    public long? Unanswered { get; init; }

    /// <summary>Whether its job has bounds of its own: it finds no limit above them.</summary>
    [JsonIgnore]
    public bool IsBounded => MaxPace is not null || MaxInFlight is not null;

    /// <summary>When this was said.</summary>
    public long At { get; init; }

    /// <summary>The plan that it follows; 0 before the first.</summary>
    public long Plan { get; init; }

    /// <summary>The number of the first attempt told; its attempts are counted from 0 on.</summary>
    public long FirstAttempt { get; init; }
}
