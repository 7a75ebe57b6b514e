namespace EodPredict.Jobs;

/// <summary>
/// The key under which the wall clock is registered. Whoever decides about data asks the unkeyed <see cref="TimeProvider"/>, the
/// service's clock; only what waits for real machines (a time-out, a poll of a server) takes this one.
/// </summary>
public static class WallClock
{
    public const string Key = "wall";
}
