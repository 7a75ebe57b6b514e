namespace EodPredict.Benchmarks;

/// <summary>The benchmarks of one part of the project.</summary>
/// <param name="Name">What the command line calls it.</param>
/// <param name="About">What it measures.</param>
/// <param name="Parts">The names of its parts; empty where any are taken.</param>
/// <param name="RunAsync">Runs the parts that were named, or all, and prints a table.</param>
internal sealed record Suite(string Name, string About, IReadOnlyCollection<string> Parts, Func<string[], Task> RunAsync);
