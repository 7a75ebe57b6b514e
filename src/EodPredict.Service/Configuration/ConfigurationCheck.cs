using EodPredict.Availability;
using EodPredict.Jobs;
using EodPredict.Providers;
using EodPredict.Providers.Calendars;
using EodPredict.Service.Access;
using EodPredict.Service.Hosting;
using Microsoft.Extensions.Options;
using Npgsql;

namespace EodPredict.Service.Configuration;

/// <summary>Looks the whole configuration through before anything starts, so that all its faults are told at once.</summary>
internal static class ConfigurationCheck
{
    public const string DatabaseKey = "ConnectionStrings:Eod";
    public const string JobsSection = "Eod:Jobs";

    private const string KestrelEndpoints = $"{ServiceHost.KestrelSection}:Endpoints";
    private const string WebhookSection = "Eod:Webhook";

    private static readonly string[] Known =
    [
        "DataFolder", "ModelsFolder", "Urls", "Clock", "Jobs", "Providers", "Webhook", "Vendor", "Access",
        nameof(CalendarOptions.CalendarFolder), nameof(CalendarOptions.CalendarPollInterval),
    ];

    /// <exception cref="ConfigurationFaultException">There are faults.</exception>
    public static void ThrowOnFaults(IServiceProvider services)
    {
        if (Faults(services) is { Count: > 0 } faults)
        {
            throw new ConfigurationFaultException(faults);
        }
    }

    /// <returns>One line a fault, each with its key; empty where all is well.</returns>
    public static IReadOnlyList<string> Faults(IServiceProvider services)
    {
        string[] faults =
        [
            .. OwnFaults(services.GetRequiredService<IConfiguration>()),
            .. Tried(() => services.GetService<IStartupValidator>()?.Validate()),
            .. Tried(() => services.GetRequiredService<MarketCalendars>()),
            .. Tried(() => services.GetRequiredService<DatasetCatalog>()),
        ];
        return [.. faults.Distinct()];
    }

    private static IEnumerable<string> OwnFaults(IConfiguration configuration) =>
    [
        .. UnknownKeys(configuration, "Eod", Known),
        .. ListenAddress.Faults(configuration),
        .. Bound<AccessOptions>(configuration, AccessOptions.Section, AccessReach.Faults),
        .. configuration.GetSection(KestrelEndpoints).Exists()
            ? [$"{KestrelEndpoints} is not used; where the service listens stands in {ListenAddress.Key}."] : Array.Empty<string>(),
        .. Bound<ClockOptions>(configuration, ClockOptions.Section, clock => clock.Faults()),
        .. Bound<JobEngineOptions>(configuration, JobsSection, jobs => jobs.Workers is >= 1 and <= 500
            ? [] : [$"{JobsSection}:Workers is {jobs.Workers}; allowed is 1 to 500."]),
        .. Bound<WebhookOptions>(configuration, WebhookSection, webhook =>
            webhook.Address is null or { IsAbsoluteUri: true, Scheme: "http" or "https" }
            ? [] : [$"{WebhookSection}:Address is no address; allowed is a whole one that begins with https:// or http://."]),
        .. DatabaseFaults(configuration),
    ];

    private static IEnumerable<string> Tried(Action read)
    {
        try
        {
            read();
            return [];
        }
        catch (Exception e) when (ExpectedFaults.Describe(e) is { } faults)
        {
            return faults;
        }
    }

    private static IEnumerable<string> UnknownKeys(IConfiguration configuration, string section, IReadOnlyCollection<string> known) =>
        configuration.GetSection(section).GetChildren()
            .Where(child => !known.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
            .Select(child => $"{section}:{child.Key} is not known; allowed under {section} are {string.Join(", ", known)}.");

    private static IEnumerable<string> Bound<T>(IConfiguration configuration, string section, Func<T, IEnumerable<string>> faults)
        where T : new()
    {
        var unknown = UnknownKeys(configuration, section, [.. typeof(T).GetProperties().Select(property => property.Name)]);
        try
        {
            return [.. unknown, .. faults(configuration.GetSection(section).Get<T>() ?? new T())];
        }
        catch (InvalidOperationException e)
        {
            return [.. unknown, e.Message];
        }
    }

    // The value is never shown: it may hold a password, and so may a message about it.
    private static IEnumerable<string> DatabaseFaults(IConfiguration configuration)
    {
        try
        {
            return configuration[DatabaseKey] is { Length: > 0 } text && string.IsNullOrEmpty(new NpgsqlConnectionStringBuilder(text).Host)
                ? [$"{DatabaseKey} names no Host (its value is not shown, it may hold a password)."]
                : [];
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            return [$"{DatabaseKey} is no PostgreSQL connection string; allowed is Host=…;Port=…;Database=…;Username=…;Password=… " +
                "(its value is not shown, it may hold a password)."];
        }
    }
}
