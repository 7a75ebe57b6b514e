using EodPredict.Jobs;
using EodPredict.Service.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace EodPredict.Service.Hosting;

/// <summary>Writes an event as programs read it: an object a line, with the wall clock, the level, its source, its number and the message.</summary>
internal sealed class JsonLineFormatter([FromKeyedServices(WallClock.Key)] TimeProvider wall) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "eod-json";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter) =>
        textWriter.WriteLine(JsonOption.Line(new
        {
            At = wall.GetUtcNow(), Level = logEntry.LogLevel, Source = logEntry.Category, Event = logEntry.EventId.Id,
            Message = logEntry.Formatter(logEntry.State, logEntry.Exception),
            Fault = logEntry.Exception is { } fault ? string.Join("; ", ExpectedFaults.Describe(fault) ?? [fault.ToString()]) : null,
        }));
}
