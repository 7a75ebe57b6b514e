namespace EodPredict.Jobs;

/// <summary>
/// How the service's clock runs against the wall clock: at <see cref="WallOrigin"/> the service's clock shows <see cref="ServiceOrigin"/>,
/// and it advances <see cref="Speed"/> times as fast. Job engines keep wall time; their adapters convert here and nobody else needs to.
/// </summary>
/// <param name="WallOrigin">An instant of the wall clock.</param>
/// <param name="ServiceOrigin">What the service's clock shows then.</param>
/// <param name="Speed">Service seconds in a wall second; greater than 0. 1440 lives a day a minute.</param>
public sealed record TimeScale(DateTimeOffset WallOrigin, DateTimeOffset ServiceOrigin, double Speed)
{
    /// <summary>The service's clock is the wall clock.</summary>
    public static TimeScale Real { get; } = new(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, 1);

    /// <summary>Whether the service's clock differs from the wall clock.</summary>
    public bool IsReal => Speed == 1 && WallOrigin == ServiceOrigin;

    public DateTimeOffset ToWall(DateTimeOffset service) => IsReal ? service : WallOrigin + (service - ServiceOrigin) / Speed;

    public DateTimeOffset ToService(DateTimeOffset wall) => IsReal ? wall : ServiceOrigin + (wall - WallOrigin) * Speed;
}
