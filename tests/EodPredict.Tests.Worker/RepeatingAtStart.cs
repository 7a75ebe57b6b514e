using EodPredict.Jobs;
using Microsoft.Extensions.Hosting;

namespace EodPredict.Tests.Worker;

/// <summary>Tells the engine of the recurring jobs at every start, as the service does, before any job runs.</summary>
internal sealed class RepeatingAtStart(EngineHostOptions options, IJobEngine engine) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var job in options.Repeated)
            await engine.RepeatAsync(job, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
