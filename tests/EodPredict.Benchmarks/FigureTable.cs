using System.Runtime.InteropServices;
using EodPredict.Database;

namespace EodPredict.Benchmarks;

/// <summary>Prints figures as a table for the docs, with what they were measured on.</summary>
internal static class FigureTable
{
    public static void Print(string command, IEnumerable<Figure> figures) => Print(
        command, ["what", "measured", "against", "required"],
        figures.Select(figure => new[] { figure.What, figure.Value, figure.Against, figure.Required }));

    /// <param name="command">What was typed.</param>
    /// <param name="columns">The names of the columns.</param>
    /// <param name="rows">A cell for each column.</param>
    public static void Print(string command, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        Console.WriteLine();
        Console.WriteLine(
            $"`{command}`, {BenchmarkTime.Wall.GetUtcNow():yyyy-MM-dd}: {RuntimeInformation.FrameworkDescription}, {PostgreSqlVersion()}, "
            + $"{Environment.ProcessorCount} cores, load {LoadAverage()}");
        Console.WriteLine();
        PrintRow(columns);
        PrintRow(columns.Select(_ => "---"));
        foreach (var row in rows)
        {
            PrintRow(row);
        }
    }

    private static void PrintRow(IEnumerable<string> cells) => Console.WriteLine($"| {string.Join(" | ", cells)} |");

    private static string PostgreSqlVersion()
    {
        using var server = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo(Path.Combine(PostgreSqlBinaries.Find(), "postgres"), ["--version"]) { RedirectStandardOutput = true })!;
        return server.StandardOutput.ReadToEnd().Trim().Replace("postgres (PostgreSQL)", "PostgreSQL", StringComparison.Ordinal);
    }

    // Over the last minute and the last five.
    private static string LoadAverage() => string.Join(" and ", File.ReadAllText("/proc/loadavg").Split(' ')[..2]);
}
