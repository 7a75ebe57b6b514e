namespace EodPredict.Service.Demo;

/// <summary>What <c>eod demo</c> was asked to do.</summary>
internal sealed record DemoOptions
{
    /// <summary>The recorded series, or the path of a file like them. The default is rki.</summary>
    public string Series { get; init; } = "rki";

    /// <summary>Service seconds in a wall second. The default lives a day a minute.</summary>
    public double Speed { get; init; } = 1440;

    /// <summary>How many session dates to live after those that are learned; null lives until it is interrupted or the recording ends.</summary>
    public int? Days { get; init; }

    /// <summary>Where to write the figures as JSON; null writes none.</summary>
    public string? Summary { get; init; }

    /// <summary>Whether standard output has what happens as JSON, an object a line, and the figures last.</summary>
    public bool AsJson { get; init; }

    /// <summary>The port of the pages on this machine.</summary>
    public required int Port { get; init; }

    /// <summary>Where its database and its state are kept, apart from the real installation's.</summary>
    public required string Folder { get; init; }
}
