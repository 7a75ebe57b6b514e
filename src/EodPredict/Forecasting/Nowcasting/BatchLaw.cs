namespace EodPredict.Forecasting.Nowcasting;

/// <summary>The law of a ticker that lands with a batch, or not: the batch's arrival as known now, and the ticker's own law. Pure.</summary>
internal static class BatchLaw
{
    private const double Negligible = 0.02;
    private const double Impossible = 1e-12;

    /// <summary>The probability that it lands with its batch today, knowing its own checks and the batch's.</summary>
    public static double Together(WatchedSession session)
    {
        if (session.Batch is not { } batch || session.Series.Batch is not { } tie)
        {
            return 0;
        }

        if (session.NotBy <= TimeSpan.Zero)
        {
            return tie.Share;
        }

        if (batch.Interval?.By <= session.NotBy)
        {
            return 0;
        }

        var alone = 1 - session.Own.ProbabilityBy(session.NotBy);
        var with = batch.NotBy >= session.NotBy ? alone : 1 - batch.Nowcast().GivenNotBy(batch.NotBy).ProbabilityBy(session.NotBy);
        return tie.Share * with / Math.Max(Impossible, (tie.Share * with) + ((1 - tie.Share) * alone));
    }

    /// <summary>The law as known now.</summary>
    public static ArrivalLaw Of(WatchedSession session)
    {
        var own = session.Nowcast().GivenNotBy(session.NotBy);
        var together = Together(session);
        if (together < Negligible || session.Batch is not { } batch)
        {
            return own;
        }

        if (batch.Interval is not { } landed)
        {
            var known = batch.NotBy > session.NotBy ? batch.NotBy : session.NotBy;
            return ArrivalPrior.Mixed(batch.Nowcast().GivenNotBy(known), own, together);
        }

        if (landed.By is not { } by)
        {
            return own;
        }

        var from = landed.After > session.NotBy ? landed.After : session.NotBy;
        return ArrivalPrior.Mixed(new ArrivalLaw([from.TotalMinutes, by.TotalMinutes], [1], 0), own, together);
    }
}
