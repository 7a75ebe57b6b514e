using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace EodPredict.Service.CommandLine;

/// <summary>The library's own help, with examples of the command after it.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    /// <summary>Adds them to the help of every command below.</summary>
    public static RootCommand AddTo(RootCommand root)
    {
        var option = root.Options.OfType<HelpOption>().Single();
        option.Action = new HelpWithExamples((HelpAction)option.Action!);
        return root;
    }

    /// <summary>Who asks for help has not typed everything yet.</summary>
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var code = help.Invoke(parseResult);
        var to = parseResult.InvocationConfiguration.Output;
        to.WriteLine("Examples:");
        foreach (var example in CommandExamples.Of(CommandPath.Of(parseResult.CommandResult)))
        {
            to.WriteLine($"  {example}");
        }

        return code;
    }
}
