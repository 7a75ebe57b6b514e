using EodPredict.Service.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using Spectre.Console;

namespace EodPredict.Service.Hosting;

/// <summary>
/// The log on a terminal: through the same console as everything else there, so that a bar that moves is not torn, and with colours. Safe for
/// concurrent use.
/// </summary>
internal sealed class TerminalLog(OneLineFormatter formatter, IAnsiConsole to) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new Source(categoryName, formatter, to);

    public void Dispose()
    {
    }

    private sealed class Source(string category, OneLineFormatter formatter, IAnsiConsole to) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> says)
        {
            var text = new StringWriter();
            formatter.Write(new LogEntry<TState>(logLevel, category, eventId, state, exception, says), null, text);
            to.Line(text.ToString().TrimEnd(), Colour(logLevel));
        }

        private static Color? Colour(LogLevel level) => level switch
        {
            >= LogLevel.Error => Color.Red,
            LogLevel.Warning => Color.Yellow,
            _ => null,
        };
    }
}
