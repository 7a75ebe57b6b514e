using System.Globalization;
using EodPredict.Jobs;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace EodPredict.Service.Hosting;

/// <summary>
/// Writes an event as people read it: the wall clock in UTC, a mark where it is worse than information, the message. Only what nobody
/// expects brings its stack trace.
/// </summary>
internal sealed class OneLineFormatter([FromKeyedServices(WallClock.Key)] TimeProvider wall) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "eod";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var mark = logEntry.LogLevel switch
        {
            LogLevel.Critical or LogLevel.Error => "ERROR ",
            LogLevel.Warning => "WARNING ",
            _ => "",
        };
        var expected = logEntry.Exception is { } fault ? ExpectedFaults.Describe(fault) : null;
        var because = expected is null ? "" : $" ({string.Join("; ", expected)})";
        var message = logEntry.Formatter(logEntry.State, logEntry.Exception);
        textWriter.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{wall.GetUtcNow():HH:mm:ss} {mark}{message}{because}"));
        if (expected is null && logEntry.Exception is { } exception)
        {
            textWriter.WriteLine(exception);
        }
    }
}
