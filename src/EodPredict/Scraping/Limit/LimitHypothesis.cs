namespace EodPredict.Scraping.Limit;

/// <summary>
/// One law that a server may follow, held against what it did: how full the limit was at each attempt if the law holds. The law is good if
/// attempts were refused when it was full and admitted when it was not. Times in seconds.
/// </summary>
/// <param name="Shape">How requests are counted.</param>
/// <param name="Size">The window's length; for a token bucket, its rate in requests per second.</param>
/// <param name="Phase">When a fixed window begins.</param>
/// <param name="CountsRefused">Whether refused requests are counted too.</param>
internal readonly record struct LimitHypothesis(LimitShape Shape, double Size, double Phase, bool CountsRefused)
{
    /// <summary>How full the limit was just before each attempt, in requests.</summary>
    public double[] Levels(IReadOnlyList<Attempt> attempts)
    {
        var levels = new double[attempts.Count];
        var counted = new Queue<double>();
        var (level, last) = (0.0, 0.0);
        for (var i = 0; i < attempts.Count; i++)
        {
            var at = attempts[i].SentAt.TotalSeconds;
            level = Shape switch
            {
                LimitShape.FixedWindow => Math.Floor((at - Phase) / Size) > Math.Floor((last - Phase) / Size) ? 0 : level,
                LimitShape.SlidingWindow => Forget(counted, at - Size),
                _ => Math.Max(0, level - ((at - last) * Size)),
            };
            (levels[i], last) = (level, at);
            if (CountsRefused || attempts[i].Outcome == AttemptOutcome.Accepted)
            {
                level++;
                counted.Enqueue(at);
            }
        }

        return levels;
    }

    private static double Forget(Queue<double> counted, double until)
    {
        while (counted.TryPeek(out var oldest) && oldest <= until)
        {
            counted.Dequeue();
        }

        return counted.Count;
    }
}
