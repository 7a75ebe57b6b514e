using EodPredict.Service.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EodPredict.Service.Hosting;

/// <summary>What a command needs that is done and ends: clocks, database, calendars, providers; no web server and no job engine.</summary>
internal static class CommandHost
{
    /// <summary>Puts it together; nothing is started. The log goes to standard error, so that standard output is the command's.</summary>
    /// <exception cref="ConfigurationFaultException">The configuration is wrong; all faults are told.</exception>
    public static IHost Build(IConfiguration configuration)
    {
        var host = BuildUnchecked(configuration);
        ConfigurationCheck.ThrowOnFaults(host.Services);
        return host;
    }

    /// <summary>As <see cref="Build"/>, for a command that tells of faults itself.</summary>
    public static IHost BuildUnchecked(IConfiguration configuration)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "eod" });
        builder.Configuration.AddConfiguration(configuration);
        builder.Logging.AddServiceLog(configuration, LogLevel.Warning, toStandardError: true);
        builder.Services.Replace(ServiceDescriptor.Singleton<IHostLifetime, SignalsHandledElsewhere>());
        builder.Services.AddFoundation(configuration);
        return builder.Build();
    }

    /// <summary>Starts the database, does the work, and lets the database go.</summary>
    public static async Task<int> RunAsync(
        IConfiguration configuration, Func<IServiceProvider, CancellationToken, Task<int>> work, CancellationToken cancellationToken)
    {
        using var host = Build(configuration);
        try
        {
            await host.StartAsync(cancellationToken);
            return await work(host.Services, cancellationToken);
        }
        finally
        {
            await host.StopAsync(CancellationToken.None);
        }
    }
}
