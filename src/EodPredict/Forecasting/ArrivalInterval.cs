namespace EodPredict.Forecasting;

/// <summary>
/// What is known of one arrival, as time since the close: it lies in (<see cref="After"/>, <see cref="By"/>], start excluded, end included.
/// </summary>
public readonly record struct ArrivalInterval
{
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="by"/> is not after <paramref name="after"/>, or <paramref name="after"/> is negative.</exception>
    public ArrivalInterval(TimeSpan after, TimeSpan? by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(after, TimeSpan.Zero);
        if (by is { } end)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(end, after, nameof(by));
        }

        After = after;
        By = by;
    }

    /// <summary>The last instant at which it was known not to be there; zero (the close) where nobody had asked.</summary>
    public TimeSpan After { get; }

    /// <summary>The first instant at which it was known to be there; null where it was still missing when watching ended.</summary>
    public TimeSpan? By { get; }
}
