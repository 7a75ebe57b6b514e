namespace EodPredict.Forecasting.Nowcasting;

/// <summary>Who hears of whom: tickers that go together, directly or through others. Unchangeable; safe from any thread.</summary>
internal sealed class CompanyMap
{
    private readonly Dictionary<string, List<string>> _circles = [];

    public CompanyMap(IReadOnlyList<CompanyTie> ties)
    {
        Ties = ties;
        foreach (var company in ties.GroupBy(t => (t.Kind, t.Company)))
        {
            var circle = new List<string>();
            foreach (var other in company.Select(t => Circle(t.Ticker)).Distinct().ToList())
            {
                circle.AddRange(other);
                other.ForEach(ticker => _circles[ticker] = circle);
            }
        }
    }

    /// <summary>Nobody goes with anybody.</summary>
    public static CompanyMap None { get; } = new([]);

    /// <summary>What it was made from.</summary>
    public IReadOnlyList<CompanyTie> Ties { get; }

    /// <summary>These tickers and everybody they hear of.</summary>
    public IReadOnlyCollection<string> With(IEnumerable<string> tickers)
    {
        var all = new HashSet<string>();
        foreach (var ticker in tickers)
        {
            if (all.Add(ticker) && _circles.TryGetValue(ticker, out var circle))
            {
                all.UnionWith(circle);
            }
        }

        return all;
    }

    /// <summary>Cuts tickers into parts, never between two that hear of each other.</summary>
    /// <param name="all">What is cut.</param>
    /// <param name="ticker">The ticker of one.</param>
    /// <param name="atLeast">How many make a part, but for the last.</param>
    public IEnumerable<IReadOnlyList<T>> Parts<T>(IReadOnlyList<T> all, Func<T, string> ticker, int atLeast)
    {
        var part = new List<T>();
        foreach (var circle in all.GroupBy(one => _circles.TryGetValue(ticker(one), out var known) ? known[0] : ticker(one)))
        {
            part.AddRange(circle);
            if (part.Count >= atLeast)
            {
                yield return part;
                part = [];
            }
        }

        if (part.Count > 0)
        {
            yield return part;
        }
    }

    private List<string> Circle(string ticker)
    {
        if (!_circles.TryGetValue(ticker, out var circle))
        {
            _circles[ticker] = circle = [ticker];
        }

        return circle;
    }
}
