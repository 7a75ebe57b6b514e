namespace EodPredict.Forecasting.Nowcasting;

/// <summary>Learns from a session that is over, with everything that is known of it by now.</summary>
internal static class Settlement
{
    private const double Low = 0.25;
    private const double Middle = 0.5;
    private const double High = 0.75;

    /// <summary>Learns in the session's series and its ties; a session that was learned before teaches nothing.</summary>
    public static void Learn(WatchedSession session)
    {
        if (session.Series.HasSettled(session.SessionDate))
        {
            return;
        }

        var (series, interval) = (session.Series, session.Interval!.Value);
        var past = new PastArrival(session.SessionDate, session.Close, interval);
        var alone = session.Own.ProbabilityOf(interval);
        var law = WithBatch(session, interval, alone) ?? session.Nowcast();
        if (session.Batch is { Interval: { } landed } && series.Batch is { } batch)
        {
            batch.Learn(BatchFinder.Overlap(interval, landed), alone);
        }

        if (session.Shift is { IsTold: true } shift && session.Tie is { } tie)
        {
            var cells = shift.Without(series);
            tie.Weigh(session.OutcomesWithGroup, alone);
            tie.Learn(
                session.SessionDate, interval, shift.Quantile(cells, Low), shift.Quantile(cells, Middle), shift.Quantile(cells, High),
                session.Distance!);
        }

        series.Places.Learn(past, session.Experts);
        series.Settle(SettledSession.Of(past, session.Own, law));
        series.Own.Learn(past, law);
    }

    // A ticker that landed with its batch came when the batch did, which is known better than from its own checks. It may have come apart:
    // taken for certain, that would never show again.
    private static ArrivalLaw? WithBatch(WatchedSession session, ArrivalInterval interval, double alone)
    {
        if (session is not { Batch.Interval: { By: { } by } landed, Series.Batch: { } tie })
        {
            return null;
        }

        var together = tie.Share * BatchFinder.Overlap(interval, landed);
        return together <= 0 ? null
            : ArrivalPrior.Mixed(
                new ArrivalLaw([landed.After.TotalMinutes, by.TotalMinutes], [1], 0), session.Nowcast(),
                together / (together + ((1 - tie.Share) * alone)));
    }
}
