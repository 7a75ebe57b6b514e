namespace EodPredict.Benchmarks;

/// <summary>One line of a suite's table.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Value">The figure with its unit.</param>
/// <param name="Against">What it is held against in the same run, and how it compares; empty where it stands by itself.</param>
/// <param name="Required">What is asked of it; empty where nothing is.</param>
internal sealed record Figure(string What, string Value, string Against = "", string Required = "");
