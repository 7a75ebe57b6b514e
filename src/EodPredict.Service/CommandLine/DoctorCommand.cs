using System.CommandLine;
using EodPredict.Service.Doctor;
using EodPredict.Service.Hosting;
using Spectre.Console;

namespace EodPredict.Service.CommandLine;

/// <summary><c>eod doctor</c>: what is configured, what is reachable, which engines.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var json = JsonOption.Create();
        var command = new Command(
            "doctor", "Tells what is configured and reachable, and which engines run; ends with 1 where something is wrong.") { json };
        command.SetAction((asked, cancellationToken) => RunAsync(asked, asked.GetValue(json), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult asked, bool asJson, CancellationToken cancellationToken)
    {
        var configuration = asked.Configuration();
        using var host = CommandHost.BuildUnchecked(configuration);
        var findings = await new Examination(host.Services, configuration).RunAsync(cancellationToken);
        if (asJson)
        {
            foreach (var finding in findings)
            {
                JsonOption.Write(new { Level = Word(finding.Level).ToLowerInvariant(), finding.Subject, finding.Text });
            }
        }
        else if (CommandConsole.Facts.IsPipe())
        {
            WriteLines(findings);
        }
        else
        {
            WriteTable(findings);
        }

        return findings.Any(finding => finding.Level == FindingLevel.Bad) ? Fail(findings) : ExitCode.Done;
    }

    private static int Fail(IReadOnlyList<Finding> findings)
    {
        foreach (var finding in findings.Where(finding => finding.Level == FindingLevel.Bad))
        {
            Console.Error.WriteLine($"eod: {finding.Subject}: {finding.Text}");
        }

        return ExitCode.Failed;
    }

    private static void WriteLines(IReadOnlyList<Finding> findings)
    {
        foreach (var finding in findings)
        {
            Console.WriteLine($"{Word(finding.Level),-4}  {finding.Subject}: {finding.Text}");
        }
    }

    private static void WriteTable(IReadOnlyList<Finding> findings)
    {
        var table = new FactTable("", "", "");
        foreach (var finding in findings)
        {
            table.Add(new FactCell(Word(finding.Level), Colour(finding.Level)), finding.Subject, finding.Text);
        }

        table.Write(CommandConsole.Facts);
    }

    private static string Word(FindingLevel level) => level switch
    {
        FindingLevel.Good => "ok",
        FindingLevel.Note => "note",
        _ => "BAD",
    };

    private static Color Colour(FindingLevel level) => level switch
    {
        FindingLevel.Good => Color.Green,
        FindingLevel.Note => Color.Yellow,
        _ => Color.Red,
    };
}
