namespace EodPredict.Availability;

/// <summary>When checks are possible and sensible, as time since the close.</summary>
/// <param name="Earliest">Now, or the end of a throttle; no check is planned before it.</param>
/// <param name="Horizon">When watching ends. A last GET is always planned here.</param>
public sealed record PlanningLimits(TimeSpan Earliest, TimeSpan Horizon)
{
    /// <summary>
    /// How long a cheap signal that said no is not asked again: it says the same for a while, whatever the data does, and the chance that
    /// it is wrong is not drawn anew.
    /// </summary>
    public static TimeSpan SignalRest { get; } = TimeSpan.FromMinutes(5);

    /// <summary>From when on cheap signals may be asked. Default: at any time.</summary>
    public TimeSpan SignalsFrom { get; init; }

    /// <summary>When the data is needed at the latest; null where there is no such instant.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>The instant of the close, so that reasons can name a time of day, in its offset; null: they name the time since the close.</summary>
    public DateTimeOffset? Close { get; init; }

    /// <summary>How many instants are weighed against each other at most, from 2. Default 400.</summary>
    public int Candidates { get; init; } = 400;
}
