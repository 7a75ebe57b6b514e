using Microsoft.Extensions.Logging.Console;

namespace EodPredict.Service.Hosting;

/// <summary>The log: one line an event, on standard output unless said otherwise.</summary>
internal static class ServiceLog
{
    /// <param name="logging">Where to register.</param>
    /// <param name="configuration">Its section <c>Logging</c> overrides the levels.</param>
    /// <param name="from">The least level that is told.</param>
    /// <param name="toStandardError">Whether standard output is kept for the command's own words.</param>
    public static ILoggingBuilder AddServiceLog(
        this ILoggingBuilder logging, IConfiguration configuration, LogLevel from = LogLevel.Information, bool toStandardError = false) =>
        logging
            .AddConsole(console =>
            {
                console.FormatterName = OneLineFormatter.FormatterName;
                console.LogToStandardErrorThreshold = toStandardError ? LogLevel.Trace : LogLevel.None;
            })
            .AddConsoleFormatter<OneLineFormatter, ConsoleFormatterOptions>()
            .SetMinimumLevel(from)
            .AddFilter("Microsoft", LogLevel.Warning)
            .AddFilter("Hangfire", LogLevel.Warning)

            // The keys of the pages are as safe as the database that holds them; it warns of each.
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error)
            .AddFilter("Quartz", LogLevel.Warning)

            // A failed start is told once, by the command line.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical)
            .AddConfiguration(configuration.GetSection("Logging"));
}
