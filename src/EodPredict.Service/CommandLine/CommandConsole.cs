using Spectre.Console;

namespace EodPredict.Service.CommandLine;

/// <summary>
/// Where commands write what people read: with tables and colours on a terminal, as plain lines in a pipe. <c>NO_COLOR</c> takes the colours
/// away. Safe for concurrent use.
/// </summary>
internal static class CommandConsole
{
    // Lines are not broken where nobody sees them.
    private const int WidthInPipe = 10_000;

    /// <summary>Standard output: the facts that were asked for.</summary>
    public static IAnsiConsole Facts { get; } = Create(Console.Out);

    /// <summary>Standard error: progress, advice and faults.</summary>
    public static IAnsiConsole Talk { get; } = Create(Console.Error);

    /// <summary>Whether nobody looks at it while it is written.</summary>
    public static bool IsPipe(this IAnsiConsole console) => !console.Profile.Out.IsTerminal;

    /// <summary>Writes one line; nothing in it is markup.</summary>
    public static void Line(this IAnsiConsole console, string text, Color? colour = null) =>
        console.Write(new Text(text + Environment.NewLine, new Style(colour)));

    private static IAnsiConsole Create(TextWriter to)
    {
        var output = new AnsiConsoleOutput(to);
        var console = AnsiConsole.Create(output.IsTerminal
            ? new AnsiConsoleSettings { Out = output }
            : new AnsiConsoleSettings
            {
                Out = output,
                Ansi = AnsiSupport.No,
                ColorSystem = ColorSystemSupport.NoColors,
                Interactive = InteractionSupport.No,

                // A build server would have colours in its pipes.
                Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
            });
        if (console.IsPipe())
        {
            console.Profile.Width = WidthInPipe;
        }

        if (!string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")))
        {
            console.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;
        }

        return console;
    }
}
