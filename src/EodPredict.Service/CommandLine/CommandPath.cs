using System.CommandLine.Parsing;

namespace EodPredict.Service.CommandLine;

/// <summary>What a command is called, from the program on: <c>orders record</c>.</summary>
internal static class CommandPath
{
    /// <summary>Without the program's own name; empty for the program itself.</summary>
    public static string Of(CommandResult command) =>
        command.Parent is CommandResult above ? $"{Of(above)} {command.Command.Name}".Trim() : "";
}
