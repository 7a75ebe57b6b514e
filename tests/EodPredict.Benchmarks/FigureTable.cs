using System.Runtime.InteropServices;
using EodPredict.Database;

namespace EodPredict.Benchmarks;

/// <summary>Prints figures as a table for the docs, with what they were measured on.</summary>
internal static class FigureTable
{
    public static void Print(string command, IEnumerable<Figure> figures)
    {
        Console.WriteLine();
        Console.WriteLine(
            $"`{command}`, {BenchmarkTime.Wall.GetUtcNow():yyyy-MM-dd}: {RuntimeInformation.FrameworkDescription}, {PostgreSqlVersion()}, "
            + $"{Environment.ProcessorCount} cores, load {LoadAverage()}");
        Console.WriteLine();
        Console.WriteLine("| what | measured | against | required |");
        Console.WriteLine("|---|---|---|---|");
        foreach (var figure in figures)
        {
            Console.WriteLine($"| {figure.What} | {figure.Value} | {figure.Against} | {figure.Required} |");
        }
    }

    private static string PostgreSqlVersion()
    {
        using var server = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo(Path.Combine(PostgreSqlBinaries.Find(), "postgres"), ["--version"]) { RedirectStandardOutput = true })!;
        return server.StandardOutput.ReadToEnd().Trim().Replace("postgres (PostgreSQL)", "PostgreSQL", StringComparison.Ordinal);
    }

    // Over the last minute and the last five.
    private static string LoadAverage() => string.Join(" and ", File.ReadAllText("/proc/loadavg").Split(' ')[..2]);
}
