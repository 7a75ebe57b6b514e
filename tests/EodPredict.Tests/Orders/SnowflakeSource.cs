namespace EodPredict.Tests.Orders;

/// <summary>Milliseconds, ten bits of worker, twelve of a counter: unique while no two workers have one number.</summary>
internal sealed class SnowflakeSource(int worker, TimeProvider time) : IIdSource
{
    private long _counter;

    public Task<IReadOnlyList<long>> TakeAsync() =>
        Task.FromResult<IReadOnlyList<long>>([(time.GetUtcNow().ToUnixTimeMilliseconds() << 22) | ((long)worker << 12) | (_counter++ & 4095)]);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
