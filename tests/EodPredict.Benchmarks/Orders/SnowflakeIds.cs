namespace EodPredict.Benchmarks.Orders;

/// <summary>A Snowflake-style generator: milliseconds, a worker's number, a count within the millisecond. Safe for concurrent use.</summary>
internal sealed class SnowflakeIds(TimeProvider time, int worker)
{
    private const int CountBits = 12;
    private const int WorkerBits = 10;

    private readonly Lock _gate = new();
    private long _millisecond;
    private int _count;

    public long Next()
    {
        lock (_gate)
        {
            var now = time.GetUtcNow().ToUnixTimeMilliseconds();
            if (now <= _millisecond && ++_count == 1 << CountBits)
            {
                // This millisecond's numbers are used up.
                while ((now = time.GetUtcNow().ToUnixTimeMilliseconds()) <= _millisecond)
                {
                }
            }

            if (now > _millisecond)
            {
                (_millisecond, _count) = (now, 0);
            }

            return (((_millisecond << WorkerBits) | (uint)worker) << CountBits) | (uint)_count;
        }
    }
}
