namespace EodPredict.Forecasting.Nowcasting;

/// <summary>Which tickers of a provider go together, as found out from their past. Not safe for several threads at once.</summary>
/// <param name="prior">What is believed of a batch, or a shift, before anything is seen.</param>
/// <param name="parallel">How many cores forming a group may use.</param>
internal sealed class ProviderCompany(ArrivalLaw prior, ParallelOptions parallel)
{
    // A ticker that lands with its batch in fewer of its sessions leaves it.
    private const double LeastShareOfBatch = 0.3;

    private readonly List<ArrivalBatch> _batches = [];

    /// <summary>Whether batches are looked for.</summary>
    public bool FindsBatches { get; set; } = true;

    /// <summary>Whether groups are looked for.</summary>
    public bool FindsGroups { get; set; } = true;

    /// <summary>Looks for company anew. Batches and groups that are as they were keep what they have learned.</summary>
    public void Look(IReadOnlyDictionary<string, ArrivalSeries> tickers)
    {
        var kept = _batches.ConvertAll(b => (Members: StillIn(b), b.Common.Past)).FindAll(k => k.Members.Count > 1);
        var inBatches = kept.SelectMany(k => k.Members).ToHashSet();
        FormBatches(FindsBatches ? BatchFinder.Find(kept, tickers.Values.Where(t => !inBatches.Contains(t))) : []);
        var alone = tickers.Values.Where(t => t.Batch is null).Concat(_batches.Select(b => b.Common));
        FormGroups(tickers, FindsGroups ? GroupFinder.Find(alone) : []);
    }

    /// <summary>Forms the company that was found before, as far as all its tickers are known by now.</summary>
    public void Adopt(IReadOnlyList<CompanyTie> ties, IReadOnlyDictionary<string, ArrivalSeries> tickers)
    {
        var inBatches = ties.Where(t => t.Kind == CompanyKind.Batch).Select(t => t.Ticker).ToHashSet();
        var strangers = tickers.Values.Where(t => t.Batch is null && t.Group is null).ToHashSet();
        FormBatches(Known(CompanyKind.Batch, tickers.GetValueOrDefault));
        FormGroups(tickers, Known(CompanyKind.Group, SeriesOf));
        foreach (var tie in ties)
        {
            if (tie.Kind == CompanyKind.Batch && tickers.TryGetValue(tie.Ticker, out var member) && strangers.Contains(member))
            {
                member.Batch?.Restore(tie.Trust);
            }
            else if (tie.Kind == CompanyKind.Group && SeriesOf(tie.Ticker) is { } series && strangers.Contains(tickers[tie.Ticker]))
            {
                series.Group?.Restore(tie.Trust);
            }
        }

        ArrivalSeries? SeriesOf(string name) =>
            inBatches.Contains(name) ? _batches.Find(b => b.Common.Name == name)?.Common : tickers.GetValueOrDefault(name);

        List<IReadOnlyList<ArrivalSeries>> Known(CompanyKind kind, Func<string, ArrivalSeries?> find) =>
            [.. ties.Where(t => t.Kind == kind).GroupBy(t => t.Company)
                .Select(company => company.OrderBy(t => t.Ticker, StringComparer.Ordinal).Select(t => find(t.Ticker)).ToArray())
                .Where(members => !members.Contains(null)).Select(members => members.OfType<ArrivalSeries>().ToArray())];
    }

    /// <summary>Who goes together, to be kept.</summary>
    public IReadOnlyList<CompanyTie> Ties(IReadOnlyDictionary<string, ArrivalSeries> tickers) =>
    [
        .. _batches.SelectMany(b => b.Members.Select(m => new CompanyTie(CompanyKind.Batch, b.Common.Name, m.Name, m.Batch!.Share))),
        .. tickers.Values.Concat(_batches.Select(b => b.Common)).Where(s => s.Group is not null)
            .Select(s => new CompanyTie(CompanyKind.Group, s.Group!.Group.Members[0].Name, s.Name, s.Group.Trust)),
    ];

    /// <summary>The tickers whose laws move by what a check of this one tells, itself included where it has any company.</summary>
    public IEnumerable<ArrivalSeries> Near(ArrivalSeries series)
    {
        var near = new List<ArrivalSeries>(series.Batch?.Batch.Members ?? []);
        foreach (var member in (series.Group ?? series.Batch?.Batch.Common.Group)?.Group.Members ?? [])
        {
            near.AddRange(_batches.Find(b => b.Common == member)?.Members ?? [member]);
        }

        return near.Distinct();
    }

    private static IReadOnlyList<ArrivalSeries> StillIn(ArrivalBatch batch) =>
        [.. batch.Members.Where(m => m.Batch!.Share >= LeastShareOfBatch && BatchFinder.Fits(m.Past, batch.Common.Past))];

    private void FormBatches(List<IReadOnlyList<ArrivalSeries>> batches)
    {
        foreach (var gone in _batches.FindAll(b => !batches.Exists(f => f.SequenceEqual(b.Members))))
        {
            _batches.Remove(gone);
            foreach (var member in gone.Members)
            {
                member.Batch = null;
            }
        }

        foreach (var members in batches.Where(f => f[0].Batch is null))
        {
            _batches.Add(GroupForming.Batch(members, prior));
        }
    }

    private void FormGroups(IReadOnlyDictionary<string, ArrivalSeries> tickers, List<IReadOnlyList<ArrivalSeries>> groups)
    {
        foreach (var series in tickers.Values.Concat(_batches.Select(b => b.Common)))
        {
            if (series.Group is { } tie && (series.Batch is not null || !groups.Exists(g => g.SequenceEqual(tie.Group.Members))))
            {
                series.Group = null;
            }
        }

        foreach (var members in groups.Where(g => g[0].Group is null))
        {
            GroupForming.Group(members, prior, parallel);
        }
    }
}
