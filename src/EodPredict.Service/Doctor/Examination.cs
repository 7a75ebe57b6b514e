using System.Runtime.InteropServices;
using EodPredict.Jobs;
using EodPredict.Providers;
using EodPredict.Service.Access;
using EodPredict.Service.Configuration;
using EodPredict.Service.Hosting;

namespace EodPredict.Service.Doctor;

/// <summary>Looks at everything that the service needs, and changes nothing but what starting the private database needs.</summary>
internal sealed class Examination(IServiceProvider services, IConfiguration configuration)
{
    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        var findings = new List<Finding> { Program() };
        if (ConfigurationCheck.Faults(services) is { Count: > 0 } faults)
        {
            findings.AddRange(faults.Select(fault => Finding.Bad("configuration", fault)));
            findings.Add(Finding.Note("the rest", "was not looked at: mend the configuration first."));
            return findings;
        }

        findings.Add(Clock());
        var server = services.GetRequiredService<DatabaseServer>();
        findings.AddRange(await DatabaseExamination.RunAsync(
            server, new AccessReach(configuration), WallClockOf(services), cancellationToken));
        var providers = ActivatorUtilities.CreateInstance<ProviderExamination>(services, configuration);
        foreach (var dataset in services.GetRequiredService<DatasetCatalog>().All)
        {
            findings.AddRange(await providers.RunAsync(dataset, cancellationToken));
        }

        if (services.GetRequiredService<DatasetCatalog>().All.Count == 0)
        {
            findings.Add(Finding.Note("providers", "none is configured, so nothing is watched: see Eod:Providers in the README."));
        }

        return findings;
    }

    private static TimeProvider WallClockOf(IServiceProvider services) => services.GetRequiredKeyedService<TimeProvider>(WallClock.Key);

    private static Finding Program() => Finding.Good(
        "program",
        $"EodPredict {Engines.Version}, job engine {Engines.JobEngine}, tree learner {Engines.TreeLearner}, "
        + RuntimeInformation.FrameworkDescription);

    private Finding Clock()
    {
        var (scale, now) = (services.GetRequiredService<TimeScale>(), services.GetRequiredService<TimeProvider>().GetUtcNow());
        return scale.IsReal
            ? Finding.Good("clock", $"the wall clock, {now:yyyy-MM-dd HH:mm:ss} UTC")
            : Finding.Note("clock", $"{scale.Speed} times as fast as the wall clock, {now:yyyy-MM-dd HH:mm:ss} UTC now");
    }
}
