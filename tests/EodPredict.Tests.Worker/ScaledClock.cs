using EodPredict.Jobs;

namespace EodPredict.Tests.Worker;

/// <summary>The service's clock of a test: the wall clock, or a scaled one.</summary>
internal sealed class ScaledClock(TimeScale scale) : TimeProvider
{
#pragma warning disable RS0030 // The one place in this program that reads the wall clock.
    public static TimeProvider Wall => System;
#pragma warning restore RS0030

    public override long TimestampFrequency => (long)(Wall.TimestampFrequency / scale.Speed);

    public override DateTimeOffset GetUtcNow() => scale.ToService(Wall.GetUtcNow());

    public override long GetTimestamp() => Wall.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        Wall.CreateTimer(callback, state, ToWall(dueTime), ToWall(period));

    private TimeSpan ToWall(TimeSpan service) => service == Timeout.InfiniteTimeSpan ? service : service / scale.Speed;
}
