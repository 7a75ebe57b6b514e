namespace EodPredict.Service.Hosting;

/// <summary>A lifetime without signal handlers of its own: the command line listens for signals and stops the host.</summary>
internal sealed class SignalsHandledElsewhere : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
