namespace EodPredict.Service.Pages.Charts;

/// <summary>Eight shades, each for as many of the values: what is usual and what is rare is told apart whatever the unit.</summary>
public sealed class HeatScale
{
    private const int Shades = 8;

    private readonly double[] _ends;

    private HeatScale(double[] ends) => _ends = ends;

    /// <summary>The first value of each shade but the first, rising.</summary>
    public IReadOnlyList<double> Ends => _ends;

    /// <summary>The scale of these values. Values that are written the same have the same shade.</summary>
    public static HeatScale Of(IEnumerable<double?> values, Func<double, string> say)
    {
        var sorted = values.OfType<double>().Order().ToArray();
        return new HeatScale([.. Enumerable.Range(1, Shades - 1).Where(_ => sorted.Length > 0)
            .Select(i => sorted[i * (sorted.Length - 1) / Shades]).Where(end => say(end) != say(sorted[0])).DistinctBy(say)]);
    }

    /// <summary>The style of a value; that of an empty cell where it is null.</summary>
    public string StyleOf(double? value) => value is { } known ? $"q{ShadeOf(known)}" : "q-";

    // Few ends use the whole range of shades all the same.
    private int ShadeOf(double value)
    {
        var above = _ends.Count(end => value >= end);
        return _ends.Length == 0 ? Shades / 2 : above * (Shades - 1) / _ends.Length;
    }
}
