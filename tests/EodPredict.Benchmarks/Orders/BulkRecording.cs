using System.Globalization;
using EodPredict.Orders;
using Npgsql;
using NpgsqlTypes;

namespace EodPredict.Benchmarks.Orders;

/// <summary>Batches by <see cref="OrderStore.RecordBatchAsync"/> against a binary <c>COPY</c> of the same orders into <c>eod.orders</c>.</summary>
internal static class BulkRecording
{
    private const int Batch = 200_000;
    private const int BatchBlocks = (Batch + 1023) / 1024;
    private const int Rounds = 9;

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(BenchmarkServer server)
    {
        await using var allocator = await OrderSuite.OpenAllocatorAsync(server);
        var store = new OrderStore(server.Database);
        await server.RunAsync("create role desk login in role eod_script");
        await using var script = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(server.ConnectionString) { Username = "desk" }.ConnectionString);
        var scriptStore = new OrderStore(script);
        Task RecordAsync(List<NewOrder> orders) => store.RecordBatchAsync("benchmark", orders, CancellationToken.None);
        var (raw, leased, fresh, staged, again) = (new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>());
        var batch = 0;
        for (var round = 0; round <= Rounds; round++)
        {
            // Each of the four comes first as often as the others: what comes later finds a longer history. Keys ascend with time, as
            // dated ones do, so that each way adds at the same end of the indexes.
            List<NewOrder> sent = [];
            var ways = new List<Func<Task>>
            {
                async () =>
                {
                    var lease = await store.LeaseAsync("raw", BatchBlocks, CancellationToken.None);
                    var ids = lease.Ranges.SelectMany(range => Enumerable.Range(0, (int)range.Count).Select(id => range.First + id)).Take(Batch).ToList();
                    var orders = Orders(batch++, number => ids[number]);
                    raw.Add(await RateAsync(server, orders, those => CopyAsync(server.Database, those, lease)));
                },
                async () => leased.Add(await RateAsync(server, Orders(batch++, _ => allocator.Next()), RecordAsync)),
                async () => staged.Add(await RateAsync(
                    server, Orders(batch++, _ => allocator.Next()), orders => scriptStore.RecordBatchAsync("benchmark", orders, CancellationToken.None))),
                async () => fresh.Add(await RateAsync(server, sent = Orders(batch++, _ => null), RecordAsync)),
            };
            for (var way = 0; way < ways.Count; way++)
            {
                await ways[(way + round) % ways.Count]();
            }

            again.Add(await RateAsync(server, sent, RecordAsync));
        }

        return
        [
            new Figure($"raw COPY into eod.orders, batches of {Batch:#,0}, the median of {Rounds} rounds", Show(raw)),
            new Figure("RecordBatchAsync, leased ids", Show(leased), Compare(leased, raw), "0.9"),
            new Figure("RecordBatchAsync, new ids", Show(fresh), Compare(fresh, raw), "0.9"),
            new Figure("RecordBatchAsync, leased ids, by a user who may only call functions", Show(staged), Compare(staged, raw)),
            new Figure("RecordBatchAsync, every order known", Show(again), Compare(again, raw)),
        ];
    }

    // The first round is for the compiler and the caches.
    private static string Show(List<double> rates) =>
        string.Create(CultureInfo.InvariantCulture, $"{Statistic.Median(rates[1..]):#,0} orders/s");

    private static string Compare(List<double> rates, List<double> raw)
    {
        double[] ratios = [.. rates.Zip(raw, (rate, bare) => rate / bare).Skip(1)];
        return string.Create(
            CultureInfo.InvariantCulture, $"{Statistic.Median(ratios):0.00} of raw COPY (rounds {ratios.Min():0.00} to {ratios.Max():0.00})");
    }

    private static List<NewOrder> Orders(int batch, Func<int, long?> id) =>
    [
        .. Enumerable.Range(0, Batch).Select(number => new NewOrder(
            $"{batch:0000}-{number:0000000}",
            string.Create(CultureInfo.InvariantCulture, $$"""{"ticker":"ABCD","side":"buy","quantity":{{number}},"price":{{number * 0.01m}}}"""),
            id(number))),
    ];

    private static async Task<double> RateAsync(BenchmarkServer server, List<NewOrder> orders, Func<List<NewOrder>, Task> record)
    {
        await server.RunAsync("checkpoint");
        var began = BenchmarkTime.Wall.GetTimestamp();
        await record(orders);
        return Batch / BenchmarkTime.Wall.GetElapsedTime(began).TotalSeconds;
    }

    private static async Task CopyAsync(NpgsqlDataSource database, List<NewOrder> orders, OrderIdLease lease)
    {
        // A leased row names the first block of its lease.
        var block = (lease.Ranges[0].First - (1L << 51)) / 1024;
        await using var connection = await database.OpenConnectionAsync();
        await using var copy = await connection.BeginBinaryImportAsync(
            "copy eod.orders (order_id, source, client_key, payload, lease, epoch) from stdin (format binary)");
        foreach (var order in orders)
        {
            await copy.StartRowAsync();
            await copy.WriteAsync(order.OrderId!.Value, NpgsqlDbType.Bigint);
            await copy.WriteAsync("benchmark", NpgsqlDbType.Text);
            await copy.WriteAsync(order.ClientKey, NpgsqlDbType.Text);
            await copy.WriteAsync(order.Payload, NpgsqlDbType.Jsonb);
            await copy.WriteAsync(block, NpgsqlDbType.Bigint);
            await copy.WriteAsync(lease.From.Epoch, NpgsqlDbType.Bigint);
        }

        await copy.CompleteAsync();
    }
}
