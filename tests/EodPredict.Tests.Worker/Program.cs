using System.Text.Json;
using EodPredict.Tests.Worker;

if (OrderIdRun.FromEnvironment() is { } run)
{
    await run.RunAsync();
    return;
}

// One process of an installation, for the tests that kill one. It ends when its standard input ends, so it never outlives a test run.
var options = JsonSerializer.Deserialize<EngineHostOptions>(Environment.GetEnvironmentVariable(EngineHostOptions.Variable)!)!;
await using var host = await EngineHost.StartAsync(options, services => services.AddJobEngine());
await host.Engine.ScheduleAsync(options.Jobs, CancellationToken.None);
Console.WriteLine(EngineHostOptions.Ready);
await Console.In.ReadToEndAsync();
await host.StopAsync();
