namespace EodPredict.Forecasting.Nowcasting;

/// <summary>
/// Finds series that are early and late together: clusters by the correlation of how far from usual each came, with the cluster's mean
/// (as k-means does, the number of clusters found by itself). Grows with series times clusters times sessions. Pure.
/// </summary>
internal static class GroupFinder
{
    private const int Rounds = 5;
    private const int FewestSessions = 12;
    private const double LeastCorrelation = 0.25;
    private const double Errors = 3;

    // Usual is what as many sessions before as after were: schedules that drift, or moved once, would look alike over a year.
    private const int SessionsAround = 25;

    // Two clusters must be much alike to be one: their means are far less noisy than their members.
    private const double MergeMargin = 0.2;

    private static readonly TimeSpan NarrowInterval = TimeSpan.FromHours(1);

    /// <summary>The groups, each of at least two series in ordinal order.</summary>
    public static List<IReadOnlyList<ArrivalSeries>> Find(IEnumerable<ArrivalSeries> among)
    {
        var all = among.OrderBy(s => s.Name, StringComparer.Ordinal).ToArray();
        var places = all.SelectMany(s => s.Past.Select(p => p.Arrival.SessionDate)).Distinct().Order()
            .Select((date, place) => (date, place)).ToDictionary(x => x.date, x => x.place);
        var rows = all.Select(s => Lateness(s, places)).ToArray();
        var clusters = new List<List<int>>();
        for (var i = 0; i < rows.Length; i++)
        {
            Place(clusters, rows, i);
        }

        for (var round = 0; round < Rounds; round++)
        {
            Merge(clusters, rows);
            var moved = false;
            for (var i = 0; i < rows.Length; i++)
            {
                var home = clusters.Find(c => c.Contains(i))!;
                home.Remove(i);
                moved |= Place(clusters, rows, i) != home;
            }

            clusters.RemoveAll(c => c.Count == 0);
            if (!moved)
            {
                break;
            }
        }

        return [.. clusters.Where(c => c.Count > 1).Select(c => c.Order().Select(i => all[i]).ToArray())];
    }

    // How late each session was against the usual, in its own spread, large values drawn in; not a number where nobody knows.
    private static double[] Lateness(ArrivalSeries series, Dictionary<DateOnly, int> places)
    {
        var row = new double[places.Count];
        Array.Fill(row, double.NaN);
        var narrow = series.Past
            .Where(p => !double.IsNaN(p.Middle) && p.Arrival.Interval.By - p.Arrival.Interval.After <= NarrowInterval).ToArray();
        var late = new double[narrow.Length];
        for (var i = 0; i < narrow.Length; i++)
        {
            var reach = Math.Min(SessionsAround, Math.Min(i, narrow.Length - 1 - i));
            late[i] = narrow[i].Middle - Medians.Of(narrow[(i - reach)..(i + reach + 1)].Select(p => p.Middle));
        }

        var spread = Math.Max(1, Medians.Of(late.Select(Math.Abs)));
        for (var i = 0; i < narrow.Length; i++)
        {
            row[places[narrow[i].Arrival.SessionDate]] = Math.Sign(late[i]) * Math.Log(1 + (Math.Abs(late[i]) / spread));
        }

        return row;
    }

    private static List<int> Place(List<List<int>> clusters, double[][] rows, int series)
    {
        var (best, most) = (default(List<int>), 0.0);
        foreach (var cluster in clusters.Where(c => c.Count > 0))
        {
            if (AboveChance(rows[series], Mean(cluster, rows)) is var above && above > most)
            {
                (best, most) = (cluster, above);
            }
        }

        if (best is null)
        {
            clusters.Add(best = []);
        }

        best.Add(series);
        return best;
    }

    private static void Merge(List<List<int>> clusters, double[][] rows)
    {
        while (true)
        {
            var means = clusters.Select(c => Mean(c, rows)).ToArray();
            var (one, other, most) = (-1, -1, MergeMargin);
            for (var i = 0; i < means.Length; i++)
            {
                for (var j = i + 1; j < means.Length; j++)
                {
                    if (AboveChance(means[i], means[j]) is var above && above > most)
                    {
                        (one, other, most) = (i, j, above);
                    }
                }
            }

            if (one < 0)
            {
                return;
            }

            clusters[one].AddRange(clusters[other]);
            clusters.RemoveAt(other);
        }
    }

    private static double[] Mean(List<int> cluster, double[][] rows)
    {
        var (sum, count) = (new double[rows[0].Length], new int[rows[0].Length]);
        foreach (var i in cluster)
        {
            for (var d = 0; d < sum.Length; d++)
            {
                if (!double.IsNaN(rows[i][d]))
                {
                    sum[d] += rows[i][d];
                    count[d]++;
                }
            }
        }

        for (var d = 0; d < sum.Length; d++)
        {
            sum[d] = count[d] == 0 ? double.NaN : sum[d] / count[d];
        }

        return sum;
    }

    // The correlation beyond what chance could make of so few common sessions.
    private static double AboveChance(double[] x, double[] y)
    {
        var (n, sx, sy, sxx, syy, sxy) = (0, 0.0, 0.0, 0.0, 0.0, 0.0);
        for (var d = 0; d < x.Length; d++)
        {
            if (!double.IsNaN(x[d]) && !double.IsNaN(y[d]))
            {
                n++;
                (sx, sy, sxx, syy, sxy) = (sx + x[d], sy + y[d], sxx + (x[d] * x[d]), syy + (y[d] * y[d]), sxy + (x[d] * y[d]));
            }
        }

        if (n < FewestSessions)
        {
            return -1;
        }

        var (vx, vy) = (sxx - (sx * sx / n), syy - (sy * sy / n));
        var correlation = vx <= 0 || vy <= 0 ? 0 : (sxy - (sx * sy / n)) / Math.Sqrt(vx * vy);
        return correlation - Math.Max(LeastCorrelation, Errors / Math.Sqrt(n));
    }
}
