using Hangfire.States;

namespace EodPredict.Hangfire;

/// <summary>
/// Lets only a few jobs change their state at a time. A change holds a connection for a dozen statements, and many workers that find
/// due jobs at once would otherwise each open one. Safe for concurrent use.
/// </summary>
internal sealed class LimitedStateChanger(IBackgroundJobStateChanger inner) : IBackgroundJobStateChanger, IDisposable
{
    private const int AtATime = 8;

    private readonly SemaphoreSlim _turns = new(AtATime);

    public IState? ChangeState(StateChangeContext context)
    {
        _turns.Wait(context.CancellationToken);
        try
        {
            return inner.ChangeState(context);
        }
        finally
        {
            _turns.Release();
        }
    }

    public void Dispose() => _turns.Dispose();
}
