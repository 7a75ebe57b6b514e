using System.Buffers;
using System.Runtime.Intrinsics;

namespace EodPredict.Forecasting;

/// <summary>Adds the weighted experts up to one law: on windows of a minute first, then on as few windows as say the same.</summary>
internal static class ExpertLaw
{
    private const int WindowsWanted = 300;
    private const double WidestWindow = 30;
    private const double FinestCost = 0.003;

    /// <param name="past">The past, oldest first; not empty.</param>
    /// <param name="sessionDate">The session to be forecast.</param>
    /// <param name="close">The instant of its close.</param>
    /// <param name="experts">The experts' weights; what they lack to one is the prior's.</param>
    /// <param name="clocks">The clocks' weights, summing to one.</param>
    /// <param name="prior">The law that holds without a past.</param>
    public static ArrivalLaw Build(
        IReadOnlyList<RememberedArrival> past, DateOnly sessionDate, DateTimeOffset close,
        ReadOnlySpan<double> experts, ReadOnlySpan<double> clocks, ArrivalLaw prior)
    {
        var minutes = (int)Math.Ceiling(prior.Horizon.TotalMinutes);
        var room = ArrayPool<double>.Shared.Rent(KernelLanes.Count * minutes);
        var sum = ArrayPool<double>.Shared.Rent(minutes);
        Array.Clear(room, 0, KernelLanes.Count * minutes);
        Array.Clear(sum, 0, minutes);
        var windows = new KernelWindows(room.AsSpan(0, KernelLanes.Count * minutes));
        var missing = Deposit(past, sessionDate, close, experts, clocks, windows, prior.Horizon);
        missing += windows.SmearInto(sum.AsSpan(0, minutes));
        var weight = 0.0;
        foreach (var expert in experts)
        {
            weight += expert;
        }

        var ground = Math.Max(0, 1 - weight);
        prior.AddTo(sum.AsSpan(0, minutes), ground);
        var law = Thin(sum.AsSpan(0, minutes), missing + (ground * prior.Missing), prior.Horizon.TotalMinutes);
        ArrayPool<double>.Shared.Return(room);
        ArrayPool<double>.Shared.Return(sum);
        return law;
    }

    // Puts every past arrival, where it would be today, into the windows of each kernel; returns what did not arrive.
    private static double Deposit(
        IReadOnlyList<RememberedArrival> past, DateOnly sessionDate, DateTimeOffset close,
        ReadOnlySpan<double> experts, ReadOnlySpan<double> clocks, KernelWindows windows, TimeSpan horizon)
    {
        var counts = new double[ExpertPanel.Memories.Length * past.Count];
        ExpertPanel.Recall(past, sessionDate, counts);
        var missing = Vector512<double>.Zero;
        Span<double> moves = stackalloc double[ArrivalMoves.Count];
        Span<int> sameAs = stackalloc int[ArrivalMoves.Count];
        Span<double> trust = stackalloc double[ArrivalMoves.Count];
        Span<Vector512<double>> memories = stackalloc Vector512<double>[ExpertPanel.Memories.Length];
        for (var m = 0; m < memories.Length; m++)
        {
            memories[m] = KernelLanes.Of(experts.Slice(m * ExpertPanel.Kernels.Length, ExpertPanel.Kernels.Length));
        }

        var carried = new ArrivalMoves(past, sessionDate, close, horizon, stackalloc double[ArrivalMoves.Room]);
        for (var j = 0; j < past.Count; j++)
        {
            var one = past[j];
            carried.Of(one, moves, sameAs);
            trust.Clear();
            for (var at = 0; at < moves.Length; at++)
            {
                trust[at - (at % clocks.Length) + sameAs[at]] += clocks[at % clocks.Length];
            }

            for (var row = 0; row < ArrivalMoves.Rows; row++)
            {
                var share = Share(counts, past.Count, j, memories, row);
                missing += share * one.Missing;
                var each = share * ((1 - one.Missing) / Math.Max(1, one.Points.Length));
                for (var at = row * clocks.Length; at < (row + 1) * clocks.Length; at++)
                {
                    for (var p = 0; p < one.Points.Length && trust[at] > 0; p++)
                    {
                        missing += windows.Put(one.Points[p] + moves[at], each * trust[at]);
                    }
                }
            }
        }

        return Vector512.Sum(missing);
    }

    // What the experts of each kernel, together, make of one past arrival that is carried in one way.
    private static Vector512<double> Share(
        ReadOnlySpan<double> counts, int sessions, int session, ReadOnlySpan<Vector512<double>> memories, int row)
    {
        var share = Vector512<double>.Zero;
        for (var m = 0; m < memories.Length; m++)
        {
            if (ExpertPanel.Memories[m].Carried == row)
            {
                share += memories[m] * counts[(m * sessions) + session];
            }
        }

        return share;
    }

    // Windows grow until checking at their end instead of inside costs as much as a little of a minute; the price of each is alike.
    private static ArrivalLaw Thin(ReadOnlySpan<double> minutes, double missing, double horizon)
    {
        var roots = 0.0;
        foreach (var share in minutes)
        {
            roots += Math.Sqrt(share);
        }

        var wanted = Math.Max(FinestCost, roots * roots / (WindowsWanted * (double)WindowsWanted));
        var (edges, weights) = (new List<double>(2 * WindowsWanted) { 0 }, new List<double>(2 * WindowsWanted));
        var (mass, from) = (0.0, 0);
        for (var i = 0; i < minutes.Length; i++)
        {
            mass += minutes[i];
            var width = i + 1 - from;
            var next = i + 1 < minutes.Length ? minutes[i + 1] : double.PositiveInfinity;
            if (i + 1 == minutes.Length || width >= WidestWindow || (mass + next) * (width + 1) > wanted)
            {
                edges.Add(i + 1 == minutes.Length ? horizon : i + 1);
                weights.Add(mass);
                (mass, from) = (0, i + 1);
            }
        }

        return new ArrivalLaw([.. edges], [.. weights], Math.Max(0, missing));
    }
}
