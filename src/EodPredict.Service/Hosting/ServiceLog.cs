using Microsoft.Extensions.Logging.Console;

namespace EodPredict.Service.Hosting;

/// <summary>The log: one line an event, on standard output.</summary>
internal static class ServiceLog
{
    public static ILoggingBuilder AddServiceLog(this ILoggingBuilder logging) =>
        logging
            .AddConsole(console => console.FormatterName = OneLineFormatter.FormatterName)
            .AddConsoleFormatter<OneLineFormatter, ConsoleFormatterOptions>()
            .SetMinimumLevel(LogLevel.Information)
            .AddFilter("Microsoft", LogLevel.Warning)

            // A failed start is told once, by the command line.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
}
