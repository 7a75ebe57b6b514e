using EodPredict.Jobs;
using Npgsql;

namespace EodPredict.Service.Configuration;

/// <summary>Looks the whole configuration through before anything starts, so that all its faults are told at once.</summary>
internal static class ConfigurationCheck
{
    public const string DatabaseKey = "ConnectionStrings:Eod";
    public const string JobsSection = "Eod:Jobs";

    private static readonly string[] Known = ["DataFolder", "Urls", "Clock", "Jobs", "Providers"];

    /// <exception cref="ConfigurationFaultException">There are faults.</exception>
    public static void ThrowOnFaults(IConfiguration configuration)
    {
        if (Faults(configuration).ToList() is { Count: > 0 } faults)
        {
            throw new ConfigurationFaultException(faults);
        }
    }

    public static IEnumerable<string> Faults(IConfiguration configuration) =>
    [
        .. UnknownKeys(configuration),
        .. ListenAddress.Faults(configuration),
        .. Bound<ClockOptions>(configuration, ClockOptions.Section, clock => clock.Faults()),
        .. Bound<JobEngineOptions>(configuration, JobsSection, jobs => jobs.Workers is >= 1 and <= 500
            ? [] : [$"{JobsSection}:Workers is {jobs.Workers}; allowed is 1 to 500."]),
        .. DatabaseFaults(configuration),
    ];

    private static IEnumerable<string> UnknownKeys(IConfiguration configuration) =>
        configuration.GetSection("Eod").GetChildren()
            .Where(child => !Known.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
            .Select(child => $"Eod:{child.Key} is not known; allowed under Eod are {string.Join(", ", Known)}.");

    private static IEnumerable<string> Bound<T>(IConfiguration configuration, string section, Func<T, IEnumerable<string>> faults)
        where T : new()
    {
        try
        {
            return faults(configuration.GetSection(section).Get<T>(binder => binder.ErrorOnUnknownConfiguration = true) ?? new T());
        }
        catch (InvalidOperationException e)
        {
            return [$"{section}: {e.Message}{(e.InnerException is { } cause ? $" {cause.Message}" : "")}"];
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
