using System.Globalization;
using Npgsql;

namespace EodPredict.Benchmarks.Orders;

/// <summary>Ids that take a call to the database each, on one connection, against <c>Next</c> by one thread.</summary>
internal static class IdsByCall
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(3);

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(BenchmarkServer server)
    {
        await server.RunAsync("create sequence by_call");
        await using var allocator = await OrderSuite.OpenAllocatorAsync(server);
        Rate(() => allocator.Next(), 1000);
        var next = Rate(() => allocator.Next(), 1000);

        await using var connection = await server.Database.OpenConnectionAsync();
        await using var nextval = new NpgsqlCommand("select nextval('by_call')", connection);
        await nextval.PrepareAsync();
        var called = Rate(() => nextval.ExecuteScalar(), 1);

        await using var record = new NpgsqlCommand("select order_id from eod.record_order('benchmark', $1, '{\"side\":\"buy\"}')", connection);
        var key = record.Parameters.Add(new NpgsqlParameter<string>());
        key.NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text;
        key.Value = "";
        await record.PrepareAsync();
        var keys = 0;
        var recorded = Rate(
            () =>
            {
                key.Value = $"key {++keys}";
                record.ExecuteScalar();
            },
            1);

        return
        [
            new Figure(
                "nextval by call, prepared, one connection",
                string.Create(CultureInfo.InvariantCulture, $"{called:#,0} ids/s"),
                string.Create(CultureInfo.InvariantCulture, $"Next is {next / called:#,0} times as fast"),
                "1,000"),
            new Figure(
                "eod.record_order by call, prepared, one connection, each on the disk",
                string.Create(CultureInfo.InvariantCulture, $"{recorded:#,0} orders/s")),
        ];
    }

    // The clock is asked once for so many calls.
    private static double Rate(Action take, int callsAtATime)
    {
        var (calls, began) = (0L, BenchmarkTime.Wall.GetTimestamp());
        while (BenchmarkTime.Wall.GetElapsedTime(began) < Duration)
        {
            for (var call = 0; call < callsAtATime; call++)
            {
                take();
            }

            calls += callsAtATime;
        }

        return calls / BenchmarkTime.Wall.GetElapsedTime(began).TotalSeconds;
    }
}
