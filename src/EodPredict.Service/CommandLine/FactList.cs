using Spectre.Console;

namespace EodPredict.Service.CommandLine;

/// <summary>Facts by name: side by side on a terminal, <c>name: fact</c> a line in a pipe.</summary>
internal static class FactList
{
    public static void Write(IAnsiConsole to, params IEnumerable<(string Name, FactCell Fact)> facts)
    {
        if (to.IsPipe())
        {
            foreach (var (name, fact) in facts)
            {
                to.Profile.Out.Writer.WriteLine($"{name}: {fact.Text}");
            }

            return;
        }

        var table = new FactTable("", "");
        foreach (var (name, fact) in facts)
        {
            table.Add(new FactCell(name, Color.Grey), fact);
        }

        table.Write(to);
    }
}
