namespace EodPredict.Scraping.Limit;

/// <summary>
/// Infers what a server enforces from what became of attempts: every law it may follow is held against them, and the one that explains most
/// refusals is taken. Pure; safe from any thread.
/// </summary>
public static class LimitModel
{
    private const int FewestRefusals = 4;
    private const int Phases = 40;
    private const double ConvincingCap = 0.7;
    private const double Preferred = 0.04;
    private const double LongestStrictBurst = 2.5;
    private const double ShortestBan = 2;

    private static readonly double[] Windows = [1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1800, 3600];

    /// <summary>Infers the limit.</summary>
    /// <param name="attempts">Attempts in any order; the more, and the more refusals, the surer. Failed ones are left aside.</param>
    public static LimitEstimate Infer(IEnumerable<Attempt> attempts)
    {
        ArgumentNullException.ThrowIfNull(attempts);
        List<Attempt> sent = [.. attempts.Where(attempt => attempt.Outcome != AttemptOutcome.Failed).OrderBy(attempt => attempt.SentAt)];
        var cap = LimitFit.Of([.. sent.Select(attempt => (double)attempt.InFlight)], sent);
        int? inFlight = cap.Score >= ConvincingCap && Refusals(sent) >= FewestRefusals ? (int)cap.Threshold : null;
        var rated = inFlight is { } most
            ? sent.FindAll(attempt => attempt.Outcome == AttemptOutcome.Accepted || attempt.InFlight < most) : sent;
        var estimate = Refusals(rated) < FewestRefusals ? new LimitEstimate { RatePerSecond = Borne(sent) } : InferRate(rated);
        return inFlight is null ? estimate : estimate with { InFlight = inFlight, InFlightConfidence = cap.Score };
    }

    private static LimitEstimate InferRate(List<Attempt> sent)
    {
        var fits = Hypotheses(sent).Select(law => (Law: law, Fit: LimitFit.Of(law.Levels(sent), sent))).ToList();
        if (fits.Count == 0)
        {
            // All was served first and refused then, within a moment.
            return new LimitEstimate { RatePerSecond = Borne(sent) };
        }

        var top = fits.Max(fit => fit.Fit.Score);
        var best = fits.Where(fit => fit.Fit.Score >= top - Preferred)
            .OrderBy(fit => Complexity(fit.Law)).ThenByDescending(fit => fit.Fit.Score).First();
        // A run of a moment is told by laws of one shape alone.
        var otherShape = fits.Where(fit => fit.Law.Shape != best.Law.Shape).Select(fit => fit.Fit.Score).DefaultIfEmpty().Max();
        var otherCount = fits.Where(fit => fit.Law.CountsRefused != best.Law.CountsRefused).Select(fit => fit.Fit.Score)
            .DefaultIfEmpty().Max();
        var enough = 1 - Math.Exp(-Refusals(sent) / 8.0);
        var score = Math.Max(0, best.Fit.Score);
        var bucket = best.Law.Shape == LimitShape.TokenBucket;
        var burst = bucket ? Math.Max(1, best.Fit.Threshold + 1) : best.Fit.Threshold;
        var (ban, banned) = LongestUnexplained(sent, best.Law.Levels(sent), best.Fit.Threshold);
        var rate = bucket ? best.Law.Size : best.Fit.Threshold / best.Law.Size;
        return new()
        {
            Shape = bucket && burst <= LongestStrictBurst ? LimitShape.StrictSpacing : best.Law.Shape,
            ShapeConfidence = enough * Math.Clamp(score - Math.Max(0, otherShape), 0, 1),
            RatePerSecond = rate,
            RateConfidence = enough * score,
            Window = TimeSpan.FromSeconds(bucket ? burst / rate : best.Law.Size),
            Phase = TimeSpan.FromSeconds(best.Law.Shape == LimitShape.FixedWindow ? best.Law.Phase : 0),
            Burst = burst,
            RefusalsCount = best.Law.CountsRefused,
            RefusalsCountConfidence = enough * Math.Clamp(score - Math.Max(0, otherCount), 0, 1),
            Ban = ban,
            BanConfidence = ban > TimeSpan.Zero ? 1 - Math.Exp(-banned / 8.0) : 0,
        };
    }

    private static IEnumerable<LimitHypothesis> Hypotheses(List<Attempt> sent)
    {
        var (from, until) = (sent[0].SentAt.TotalSeconds, sent[^1].SentAt.TotalSeconds);
        var refusals = sent.FindAll(attempt => attempt.Outcome == AttemptOutcome.Refused);
        var (first, last) = (refusals[0].SentAt, refusals[^1].SentAt);
        var between = sent.Count(
            attempt => attempt.Outcome == AttemptOutcome.Accepted && attempt.SentAt >= first && attempt.SentAt <= last);
        var rate = between / Math.Max(1e-3, (last - first).TotalSeconds);
        foreach (var counts in new[] { false, true })
        {
            for (var share = 0.96; share < 1.0605 && rate > 0; share += 0.0025)
            {
                yield return new(LimitShape.TokenBucket, rate * share, 0, counts);
            }

            foreach (var window in Windows.Where(window => 2 * window < until - from))
            {
                yield return new(LimitShape.SlidingWindow, window, 0, counts);
                for (var phase = 0; phase < Phases && !counts; phase++)
                {
                    yield return new(LimitShape.FixedWindow, window, phase * window / Phases, false);
                }
            }
        }
    }

    // The simpler law is taken where two explain as much: fewer things to be wrong about.
    private static int Complexity(LimitHypothesis law) => (law.CountsRefused ? 10 : 0) + (int)law.Shape;

    private static (TimeSpan Ban, int Refusals) LongestUnexplained(List<Attempt> sent, double[] levels, double threshold)
    {
        var (longest, most, since, refused) = (TimeSpan.Zero, 0, (TimeSpan?)null, 0);
        for (var i = 0; i < sent.Count; i++)
        {
            var odd = sent[i].Outcome == AttemptOutcome.Refused && levels[i] < threshold - 1;
            since = sent[i].Outcome == AttemptOutcome.Accepted ? null : odd ? since ?? sent[i].SentAt : since;
            refused = since is null ? 0 : refused + 1;
            if (since is { } begun && sent[i].SentAt - begun > longest)
            {
                (longest, most) = (sent[i].SentAt - begun, refused);
            }
        }

        return longest.TotalSeconds >= ShortestBan ? (longest, most) : (TimeSpan.Zero, 0);
    }

    // What was admitted in the best tenth of the time.
    private static double Borne(List<Attempt> sent)
    {
        if (sent.Count < 2)
        {
            return 0;
        }

        var span = (sent[^1].SentAt - sent[0].SentAt) / 10;
        var best = sent.GroupBy(attempt => (attempt.SentAt - sent[0].SentAt).Ticks / Math.Max(1, span.Ticks))
            .Max(part => part.Count(attempt => attempt.Outcome == AttemptOutcome.Accepted));
        return best / Math.Max(1e-3, span.TotalSeconds);
    }

    private static int Refusals(List<Attempt> sent) => sent.Count(attempt => attempt.Outcome == AttemptOutcome.Refused);
}
