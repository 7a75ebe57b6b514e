namespace EodPredict.Forecasting;

/// <summary>
/// Where a ticker's arrivals stand lately, for schedules that drift: what a past arrival lay above the level of its day is carried to the
/// level of today. A level is the mean of recent arrivals that lie near their median, newer ones counting more; so a late day hardly
/// moves it, and a step does within its half-life. Each arrival counts without its weekday's offset, and the session's own is added: a
/// week's shape neither moves the level nor is lost. Pure.
/// </summary>
internal static class MovingLevels
{
    private const int SessionsAtMost = 40;

    // An arrival this many median deviations, and these many minutes, from the median does not belong to the level.
    private const double Deviations = 3;
    private const double Minutes = 3;

    private static readonly double[] HalfLives = [3, 10];

    /// <summary>How many levels there are.</summary>
    public static int Count => HalfLives.Length;

    /// <summary>How many numbers <see cref="Fill"/> gives: a row for each level and one for the weekday's offsets, a column for each clock.</summary>
    public static int Room => (Count + 1) * VendorClocks.Count;

    /// <summary>
    /// Fills the levels of a session in minutes since its close, one row a level, one column a clock of the provider; and in a last row
    /// what its weekday adds to them.
    /// </summary>
    /// <param name="past">What is known before it, oldest first.</param>
    /// <param name="sessionDate">Its date.</param>
    /// <param name="close">The instant of its close.</param>
    /// <param name="horizon">How long it is watched.</param>
    /// <param name="levels">Where they are written, <see cref="Room"/> numbers; all zero where nothing has arrived yet.</param>
    public static void Fill(
        IReadOnlyList<RememberedArrival> past, DateOnly sessionDate, DateTimeOffset close, TimeSpan horizon, Span<double> levels)
    {
        var offsets = levels[(Count * VendorClocks.Count)..];
        WeekdayOffsets.Fill(past, sessionDate.DayOfWeek, offsets);
        Span<double> places = stackalloc double[VendorClocks.Count * SessionsAtMost];
        Span<int> ages = stackalloc int[SessionsAtMost];
        Span<double> later = stackalloc double[VendorClocks.Count];
        Span<int> sameAs = stackalloc int[VendorClocks.Count];
        var shifts = new ClockShifts(close, horizon, stackalloc double[VendorClocks.Count]);
        var count = 0;
        for (var age = 0; age < Math.Min(past.Count, SessionsAtMost); age++)
        {
            if (past[^(age + 1)] is not { Points.Length: > 0 } one)
            {
                continue;
            }

            shifts.Against(one, later, sameAs);
            for (var c = 0; c < VendorClocks.Count; c++)
            {
                places[(c * SessionsAtMost) + count] = one.Mean - later[c] - one.Offsets[c];
            }

            ages[count++] = age;
        }

        for (var c = 0; c < VendorClocks.Count; c++)
        {
            var column = places.Slice(c * SessionsAtMost, count);
            var isAsBefore = c > 0 && offsets[c] == offsets[c - 1] && column.SequenceEqual(places.Slice((c - 1) * SessionsAtMost, count));
            for (var l = 0; l < HalfLives.Length; l++)
            {
                var at = (l * VendorClocks.Count) + c;
                levels[at] = isAsBefore ? levels[at - 1] : Level(column, ages[..count], HalfLives[l]) + offsets[c];
            }
        }
    }

    /// <summary>The slowest level of a past session's day, without what its weekday added.</summary>
    public static double Slowest(RememberedArrival past, int clock) =>
        past.Levels[((Count - 1) * VendorClocks.Count) + clock] - past.Offsets[clock];

    private static double Level(ReadOnlySpan<double> places, ReadOnlySpan<int> ages, double halfLife)
    {
        Span<double> counts = stackalloc double[places.Length];
        for (var j = 0; j < places.Length; j++)
        {
            counts[j] = Math.Pow(2, -ages[j] / halfLife);
        }

        var middle = Median(places, counts);
        Span<double> apart = stackalloc double[places.Length];
        for (var j = 0; j < places.Length; j++)
        {
            apart[j] = Math.Abs(places[j] - middle);
        }

        var near = (Deviations * Median(apart, counts)) + Minutes;
        var (sum, total) = (0.0, 0.0);
        for (var j = 0; j < places.Length; j++)
        {
            if (apart[j] <= near)
            {
                sum += counts[j] * places[j];
                total += counts[j];
            }
        }

        return total > 0 ? sum / total : 0;
    }

    // The least value that, with all below it, counts for at least half; zero where there are none.
    private static double Median(ReadOnlySpan<double> values, ReadOnlySpan<double> counts)
    {
        Span<double> sorted = stackalloc double[values.Length];
        Span<double> weights = stackalloc double[values.Length];
        values.CopyTo(sorted);
        counts.CopyTo(weights);
        sorted.Sort(weights);
        var half = 0.0;
        foreach (var weight in weights)
        {
            half += weight / 2;
        }

        var at = 0;
        for (var sum = 0.0; at < sorted.Length && (sum += weights[at]) < half;)
        {
            at++;
        }

        return sorted.IsEmpty ? 0 : sorted[Math.Min(at, sorted.Length - 1)];
    }
}
