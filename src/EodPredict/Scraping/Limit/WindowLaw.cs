namespace EodPredict.Scraping.Limit;

/// <summary>
/// One way in which a server may count: so many requests per window of a known length, which slides, or turns at known instants. What is
/// not known is the quota: at least what was admitted in one window, at most what had been admitted there when one was refused. Where the
/// two contradict each other, the law is wrong or the quota has changed, and it is learned anew. Requests that are admitted in a window that
/// turns need not be told one by one. Times in seconds. Not thread-safe.
/// </summary>
/// <param name="window">The window's length.</param>
/// <param name="turnsAt">An instant at which it turns; null where it slides.</param>
/// <param name="countsRefused">Whether refused requests count too.</param>
/// <param name="counted">Requests that count, decided on before.</param>
internal sealed class WindowLaw(double window, double? turnsAt, bool countsRefused, RequestCount counted)
{
    // Far more than instants and counts are rounded by.
    private const double Rounding = 1e-6;

    // Requests that change places on the way, as a share of the quota; small quotas have none.
    private const double Blurred = 0.005;
    private const double BlurredTurns = 0.01;
    private const double FewestBlurred = 20;

    // Fewer than this at once are a matter of distance.
    private const double LeastQuota = 2;

    // Congestion that follows within this many requests is the same.
    private const double Apart = 8;

    private double _most;
    private double _least = double.PositiveInfinity;
    private double _greatest;
    private double _turn = double.NegativeInfinity;
    private double _countedAtTurn;
    private double _explainedAt = double.NegativeInfinity;
    private double _explainedCount = double.NegativeInfinity;
    private int _slidFrom;
    private int _told;

    /// <summary>The window's length.</summary>
    public double Window => window;

    /// <summary>Whether refused requests count too.</summary>
    public bool CountsRefused => countsRefused;

    /// <summary>Congestion in a row that the law explains.</summary>
    public int Explained { get; private set; }

    /// <summary>The quota per second that the law comes to.</summary>
    public double Rate => (_least < Most ? (_least + Most) / 2 : _least) / window;

    /// <summary>A request that was admitted has to be told where it was sent at this instant or later: the window may have turned.</summary>
    public double DueAt { get; private set; } = double.NegativeInfinity;

    /// <summary>And where as many count with it.</summary>
    public double DueCount => _countedAtTurn + _least + Blur(_least) - Rounding;

    // What was admitted since something was told counts in the same window.
    private double Most => turnsAt is not null && counted.Total > _told ? Math.Max(_most, counted.Total - _countedAtTurn) : _most;

    /// <summary>One request was admitted, and is not counted yet; in the order of sending.</summary>
    /// <param name="at">When it was sent.</param>
    public void Admitted(double at)
    {
        var level = Level(at);
        if (level + 1 > _least + Blur(_least))
        {
            Forget();
        }

        _most = Math.Max(_most, level + 1);
    }

    /// <summary>One request was refused, and is not counted yet; in the order of sending.</summary>
    /// <param name="at">When it was sent.</param>
    /// <param name="isFirst">Whether the one before was admitted.</param>
    public void Refused(double at, bool isFirst)
    {
        var level = Level(at);
        if (isFirst)
        {
            Refused(at, level, counted.Total);
        }
    }

    // The first one refused finds the window just full.
    private void Refused(double at, double level, double total)
    {
        if (level < _most - Blur(_most) || (_greatest > 0 && Math.Max(level, _greatest) > Math.Min(level, _least) + Blur(_least)))
        {
            Forget();
        }

        (_least, _greatest) = (Math.Min(_least, level), Math.Max(_greatest, level));

        // At an even pace there are always as many: only what was never admitted explains a refusal.
        if (level >= Math.Max(_most, LeastQuota) && at - _explainedAt >= window && total - _explainedCount >= Apart)
        {
            Explained++;
            (_explainedAt, _explainedCount) = (at, total);
        }
    }

    private void Forget()
    {
        (_most, _least, _greatest, Explained) = (0, double.PositiveInfinity, 0, 0);
        (_explainedAt, _explainedCount) = (double.NegativeInfinity, double.NegativeInfinity);
    }

    private double Blur(double quota) =>
        quota < FewestBlurred ? 0 : Math.Max(1, (turnsAt is null ? Blurred : BlurredTurns) * quota);

    private double Level(double at)
    {
        if (turnsAt is not { } phase)
        {
            return counted.Total - counted.Before(at - window, ref _slidFrom);
        }

        (_most, _told) = (Most, counted.Total);
        var turn = Math.Floor((at - phase) / window);
        if (turn > _turn)
        {
            (_turn, _countedAtTurn) = (turn, counted.Before((turn * window) + phase));
            DueAt = ((turn + 1) * window) + phase - Rounding;
        }

        return counted.Total - _countedAtTurn;
    }
}
