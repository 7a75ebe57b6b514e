using Microsoft.Extensions.Logging.Console;

namespace EodPredict.Service.Hosting;

/// <summary>The log: one line an event, on standard output unless said otherwise.</summary>
internal static class ServiceLog
{
    public static ILoggingBuilder AddServiceLog(this ILoggingBuilder logging, LogLevel from = LogLevel.Information, bool toStandardError = false) =>
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
            .AddFilter("Quartz", LogLevel.Warning)

            // A failed start is told once, by the command line.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical)
            .AddConfiguration(configuration.GetSection("Logging"));
}
