using EodPredict.Quartz;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace EodPredict.Tests.Jobs;

public sealed class QuartzJobEngineTests(ITestOutputHelper output) : JobEngineContract(output)
{
    protected override void AddJobEngine(IServiceCollection services) => services.AddJobEngine();
}
