using EodPredict.Service.CommandLine;
using Microsoft.Extensions.Logging.Console;

namespace EodPredict.Service.Hosting;

/// <summary>The log: one line an event, on standard output unless said otherwise.</summary>
internal static class ServiceLog
{
    /// <summary>The setting that says how events are written: <c>eod-json</c>, or as people read them.</summary>
    public const string Formatter = "Logging:Console:FormatterName";

    /// <param name="logging">Where to register.</param>
    /// <param name="configuration">Its section <c>Logging</c> overrides the levels.</param>
    /// <param name="from">The least level that is told.</param>
    /// <param name="toStandardError">Whether standard output is kept for the command's own words.</param>
    public static ILoggingBuilder AddServiceLog(
        this ILoggingBuilder logging, IConfiguration configuration, LogLevel from = LogLevel.Information, bool toStandardError = false) =>
        AddWriter(logging, configuration[Formatter] == JsonLineFormatter.FormatterName, toStandardError)
            .SetMinimumLevel(from)
            .AddFilter("Microsoft", LogLevel.Warning)
            .AddFilter("Hangfire", LogLevel.Warning)

            // The keys of the pages are as safe as the database that holds them; it warns of each.
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error)
            .AddFilter("Quartz", LogLevel.Warning)

            // A failed start is told once, by the command line.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical)
            .AddConfiguration(configuration.GetSection("Logging"));

    private static ILoggingBuilder AddWriter(ILoggingBuilder logging, bool asJson, bool toStandardError)
    {
        var console = toStandardError ? CommandConsole.Talk : CommandConsole.Facts;
        if (!asJson && !console.IsPipe())
        {
            logging.Services.AddSingleton<OneLineFormatter>();
            logging.Services.AddSingleton<ILoggerProvider>(services => new TerminalLog(services.GetRequiredService<OneLineFormatter>(), console));
            return logging;
        }

        return logging
            .AddConsole(options =>
            {
                options.FormatterName = asJson ? JsonLineFormatter.FormatterName : OneLineFormatter.FormatterName;
                options.LogToStandardErrorThreshold = toStandardError ? LogLevel.Trace : LogLevel.None;
            })
            .AddConsoleFormatter<OneLineFormatter, ConsoleFormatterOptions>()
            .AddConsoleFormatter<JsonLineFormatter, ConsoleFormatterOptions>();
    }
}
