namespace EodPredict.Replay.Recorded;

/// <summary>The recorded series that come with the program, as files beside it: origin and columns stand in Recorded/README.md.</summary>
public static class RecordedSamples
{
    /// <summary>The names of all series, in ordinal order.</summary>
    public static IReadOnlyList<string> Names { get; } = ["ark_funds", "finance_daily", "italy_covid", "rki", "scoop_nightly"];

    /// <summary>The file of one series.</summary>
    /// <exception cref="ArgumentException">There is no series of that name; the message lists those there are.</exception>
    public static string PathOf(string name) => Names.Contains(name)
        ? Path.Combine(AppContext.BaseDirectory, "Recorded", $"{name}.csv")
        : throw new ArgumentException($"There is no recorded series '{name}'. There are: {string.Join(", ", Names)}.", nameof(name));

    /// <summary>The file of the series of that name, or else the path itself.</summary>
    public static string Locate(string nameOrPath) => Names.Contains(nameOrPath) ? PathOf(nameOrPath) : nameOrPath;
}
