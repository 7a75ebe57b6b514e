using EodPredict.Hangfire;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace EodPredict.Tests.Jobs;

public sealed class HangfireJobEngineTests(ITestOutputHelper output) : JobEngineContract(output)
{
    protected override void AddJobEngine(IServiceCollection services) => services.AddJobEngine();
}
