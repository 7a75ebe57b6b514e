using EodPredict.Forecasting.Learned;

namespace EodPredict.Forecasting.Nowcasting;

/// <summary>One session of one series, from its opening until it is settled. Not safe for several threads at once.</summary>
internal sealed class WatchedSession
{
    private const double Floor = 1e-4;

    private MinuteTable? _distances;

    public required ArrivalSeries Series { get; init; }

    public required DateOnly SessionDate { get; init; }

    public required DateTimeOffset Close { get; init; }

    /// <summary>What the experts of the series expect.</summary>
    public required ArrivalLaw Experts { get; init; }

    /// <summary>What the trees know of it.</summary>
    public required LearnedExample Known { get; init; }

    /// <summary>The law from the series' own past and what was learned from all.</summary>
    public required ArrivalLaw Own { get; init; }

    /// <summary>The tie to its group as it was at the opening; null where there is none.</summary>
    public GroupTie? Tie { get; init; }

    /// <summary>The law of the distance to the group's shift; null where there is no group.</summary>
    public ArrivalLaw? Distance { get; init; }

    /// <summary>The nowcast of the group; null where there is no group.</summary>
    public ShiftBelief? Shift { get; init; }

    /// <summary>The probability that it follows its group.</summary>
    public double Follows { get; init; }

    /// <summary>The session of the batch that it lands with; null where there is none.</summary>
    public WatchedSession? Batch { get; init; }

    /// <summary>The last time since the close at which it was known not to be there; zero where nobody had asked.</summary>
    public TimeSpan NotBy { get; private set; }

    /// <summary>When it came; null while it is watched.</summary>
    public ArrivalInterval? Interval { get; private set; }

    /// <summary>The probability that the group's shift, as known at each check, had given to the checks' outcomes.</summary>
    public double OutcomesWithGroup { get; private set; } = 1;

    /// <summary>The outlook when its checks were last planned, see <see cref="ProviderForecaster.Hastened"/>.</summary>
    public double Outlook { get; set; }

    /// <summary>Whether it was the one to be asked for its batch when its checks were last planned.</summary>
    public bool WasAskedForAll { get; set; }

    /// <summary>It was not there.</summary>
    public void NotYet(TimeSpan sinceClose)
    {
        Score(sinceClose, false);
        NotBy = sinceClose;
        Shift?.Tell(this, new ArrivalInterval(sinceClose, null));
    }

    /// <summary>It was found, or watching ended.</summary>
    public void End(ArrivalInterval interval)
    {
        if (interval.By is { } by)
        {
            Score(by, true);
        }

        Interval = interval;
        Shift?.Tell(this, interval);
    }

    /// <summary>The probability that it has come by a time since the close, were the group's shift somewhere between two minutes since the close.</summary>
    public double MeanByIn(TimeSpan sinceClose, double from, double to) =>
        (_distances ??= new MinuteTable(Distance!, Tie!.Zero)).MeanCumulative(sinceClose.TotalMinutes - to, sinceClose.TotalMinutes - from);

    /// <summary>The probability that it has come by a time since the close, were the group's shift at these minutes since the close.</summary>
    public double ByAt(double minutes, double shift) => (_distances ??= new MinuteTable(Distance!, Tie!.Zero)).Cumulative(minutes - shift);

    /// <summary>The law with the group's shift as known now, not yet cut at <see cref="NotBy"/>.</summary>
    public ArrivalLaw Nowcast() => Shift is null || Follows < 0.02 ? Own : NowcastLaw.Build(this, Shift.Edges, Shift.Without(Series));

    /// <summary>What the trees learn from it, now that it is over.</summary>
    public LearnedExample Outcome() => Known.KnowingThat(Experts, Interval!.Value);

    private void Score(TimeSpan sinceClose, bool found)
    {
        if (Shift is null)
        {
            return;
        }

        var (before, by) = (0.0, 0.0);
        var cells = Shift.Without(Series);
        for (var c = 0; c < cells.Length; c++)
        {
            by += cells[c] * MeanByIn(sinceClose, Shift.Edges[c], Shift.Edges[c + 1]);
            before += NotBy > TimeSpan.Zero ? cells[c] * MeanByIn(NotBy, Shift.Edges[c], Shift.Edges[c + 1]) : 0;
        }

        var comes = (by - before) / Math.Max(Floor, 1 - before);
        OutcomesWithGroup *= Math.Clamp(found ? comes : 1 - comes, Floor, 1);
    }
}
