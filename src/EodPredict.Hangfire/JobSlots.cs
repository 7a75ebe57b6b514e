namespace EodPredict.Hangfire;

/// <summary>
/// How many bodies may run at a time. Hangfire's workers are more than that, for a job that waits for its instant holds a worker, but no
/// slot. Safe for concurrent use.
/// </summary>
internal sealed class JobSlots(int count) : IDisposable
{
    private readonly SemaphoreSlim _free = new(count);

    /// <summary>Waits for a free slot and takes it; disposing of the result gives it back.</summary>
    public IDisposable Take(CancellationToken cancellationToken)
    {
        _free.Wait(cancellationToken);
        return new Slot(_free);
    }

    /// <summary>Waits until a slot is free, without taking it.</summary>
    public void WaitForFree(CancellationToken cancellationToken)
    {
        _free.Wait(cancellationToken);
        _free.Release();
    }

    public void Dispose() => _free.Dispose();

    private sealed class Slot(SemaphoreSlim free) : IDisposable
    {
        public void Dispose() => free.Release();
    }
}
