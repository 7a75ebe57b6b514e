namespace EodPredict.Service.Pages.Charts;

/// <summary>One line of a chart.</summary>
/// <param name="Name">What the key calls it.</param>
/// <param name="Style">Its colour: s1, s2, s3 or s4.</param>
/// <param name="Points">In the order in which they are joined.</param>
public sealed record ChartSeries(string Name, string Style, IReadOnlyList<(double X, double Y)> Points)
{
    /// <summary>Whether a value holds until the next point, and does not move there in a straight line.</summary>
    public bool IsStep { get; init; }

    public bool IsDashed { get; init; }

    /// <summary>Whether each point has a dot.</summary>
    public bool HasDots { get; init; }
}
