namespace EodPredict.Forecasting;

/// <summary>
/// How far from the level of its time one weekday's arrivals lie: a provider's week has its shape, and a level that follows drifts runs
/// behind it. Pure.
/// </summary>
internal static class WeekdayOffsets
{
    private const int SessionsAtMost = 64;
    private const int FewestOfWeekday = 3;

    // Of the same weekday, the number of sessions after which one counts half.
    private const double HalfLife = 6;

    // A session that lies further from its level than three usual ones tells no more of its weekday than that.
    private const double Usual = 3;
    private const double Minute = 1;
    private const double Negligible = 1e-9;

    /// <summary>
    /// Fills the offset of a weekday in minutes on each clock of the provider, held against zero by how surely it is another: the mean times
    /// m² / (m² + e²), with m the mean and e its standard error.
    /// </summary>
    /// <param name="past">What is known, oldest first.</param>
    /// <param name="weekday">The weekday.</param>
    /// <param name="offsets">The offsets; zero where little of the weekday is known.</param>
    public static void Fill(IReadOnlyList<RememberedArrival> past, DayOfWeek weekday, Span<double> offsets)
    {
        Span<double> ofWeekday = stackalloc double[SessionsAtMost];
        Span<double> all = stackalloc double[SessionsAtMost];
        for (var clock = 0; clock < offsets.Length; clock++)
        {
            var (same, count) = (0, 0);
            for (var age = 1; age <= Math.Min(past.Count, SessionsAtMost); age++)
            {
                if (past[^age] is not { Points.Length: > 0 } one)
                {
                    continue;
                }

                var distance = one.Mean - MovingLevels.Slowest(one, clock);
                all[count++] = Math.Abs(distance);
                if (one.Weekday == weekday)
                {
                    ofWeekday[same++] = distance;
                }
            }

            offsets[clock] = same < FewestOfWeekday ? 0 : Offset(ofWeekday[..same], Most(all[..count]));
        }
    }

    private static double Most(Span<double> distances)
    {
        distances.Sort();
        return (Usual * distances[distances.Length / 2]) + Minute;
    }

    // The latest comes first.
    private static double Offset(Span<double> distances, double most)
    {
        var (weight, total, squares, sum) = (1.0, 0.0, 0.0, 0.0);
        var fade = Math.Pow(2, -1 / HalfLife);
        for (var i = 0; i < distances.Length; i++, weight *= fade)
        {
            distances[i] = Math.Clamp(distances[i], -most, most);
            sum += weight * distances[i];
            total += weight;
            squares += weight * weight;
        }

        var mean = sum / total;
        var variance = 0.0;
        weight = 1;
        for (var i = 0; i < distances.Length; i++, weight *= fade)
        {
            variance += weight * (distances[i] - mean) * (distances[i] - mean) / total;
        }

        var error = variance * squares / (total * total);
        return mean * mean * mean / Math.Max(Negligible, (mean * mean) + error);
    }
}
