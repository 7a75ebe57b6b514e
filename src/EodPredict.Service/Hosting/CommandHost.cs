using EodPredict.Service.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EodPredict.Service.Hosting;

/// <summary>What a command needs that is done and ends: clocks, database, calendars, providers; no web server and no job engine.</summary>
internal static class CommandHost
{
    /// <summary>Puts it together; nothing is started. The log goes to standard error, so that standard output is the command's.</summary>
    /// <exception cref="ConfigurationFaultException">The configuration is wrong; all faults are told.</exception>
    public static IHost Build(IConfiguration configuration, Action<IServiceCollection>? add = null)
    {
        var host = BuildUnchecked(configuration, add);
        ConfigurationCheck.ThrowOnFaults(host.Services);
        return host;
    }

    /// <summary>As <see cref="Build"/>, for a command that tells of faults itself.</summary>
    public static IHost BuildUnchecked(IConfiguration configuration, Action<IServiceCollection>? add = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "eod" });
        builder.Configuration.AddConfiguration(configuration);
        builder.Logging.AddServiceLog(configuration, LogLevel.Warning, toStandardError: true);
        builder.Services.Replace(ServiceDescriptor.Singleton<IHostLifetime, SignalsHandledElsewhere>());
        builder.Services.AddFoundation(configuration);
        add?.Invoke(builder.Services);
        return builder.Build();
    }

    /// <summary>Starts the database, does the work, and lets the database go.</summary>
    /// <param name="configuration">The whole configuration.</param>
    /// <param name="work">The work; gives the exit code.</param>
    /// <param name="cancellationToken">Interrupts it.</param>
    /// <param name="add">Registers what this command needs besides.</param>
    public static async Task<int> RunAsync(
        IConfiguration configuration, Func<IServiceProvider, CancellationToken, Task<int>> work, CancellationToken cancellationToken,
        Action<IServiceCollection>? add = null)
    {
        using var host = Build(configuration, add);
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
