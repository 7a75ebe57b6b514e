namespace EodPredict.Forecasting.Models;

/// <summary>What a model says of itself: written once beside its trees, never changed.</summary>
public sealed record ModelManifest
{
    /// <summary>The name of the model within its dataset: when it was trained, UTC.</summary>
    public required string Version { get; init; }

    public required string Dataset { get; init; }

    /// <summary>What it forecasts; manifests that do not say are of arrivals.</summary>
    public string Kind { get; init; } = "arrival";

    /// <summary>When it was trained.</summary>
    public required DateTimeOffset TrainedAt { get; init; }

    /// <summary>The version of the features; a model is used only with its own.</summary>
    public required int FeatureSchema { get; init; }

    /// <summary>The names of the features, in the order of a row.</summary>
    public required IReadOnlyList<string> Features { get; init; }

    /// <summary>The learner's name and version.</summary>
    public required string Learner { get; init; }

    /// <summary>How many trees, and how far they are believed against the experts, from 0 to 1.</summary>
    public required int Trees { get; init; }

    public required double Share { get; init; }

    /// <summary>By what the spread of the law that it starts from is multiplied; 1 for arrivals, whose trees move the whole law.</summary>
    public double Spread { get; init; } = 1;

    /// <summary>The first and last session date it was fitted to, and how many sessions that were.</summary>
    public required DateOnly FittedFrom { get; init; }

    public required DateOnly FittedTo { get; init; }

    public required int FittedSessions { get; init; }

    /// <summary>How it did on the sessions after those.</summary>
    public required ModelScores Scores { get; init; }

    /// <summary>The share of the gain that each feature brought, in the order of <see cref="Features"/>.</summary>
    public required IReadOnlyList<double> Importance { get; init; }

    /// <summary>The SHA-256 of the file of the trees, hexadecimal.</summary>
    public required string Sha256 { get; init; }
}
