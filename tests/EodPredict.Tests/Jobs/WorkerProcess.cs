using System.Diagnostics;
using System.Text.Json;
using EodPredict.Tests.Worker;

namespace EodPredict.Tests.Jobs;

/// <summary>A process of an installation that can be killed.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private readonly Process _process;

    private WorkerProcess(Process process) => _process = process;

    public static async Task<WorkerProcess> StartAsync(EngineHostOptions options)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(EngineHost).Assembly.Location])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { [EngineHostOptions.Variable] = JsonSerializer.Serialize(options) },
        };
        var worker = new WorkerProcess(Process.Start(start)!);
        while (await worker._process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line == EngineHostOptions.Ready)
            {
                // Its further output has to go somewhere, or a full pipe stops it.
                _ = worker._process.StandardOutput.ReadToEndAsync();
                return worker;
            }
        }

        throw new InvalidOperationException($"The worker process {options.Process} ended before it was ready.");
    }

    /// <summary>SIGKILL: it gets no chance to tidy up.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }
}
