using System.CommandLine;
using System.Globalization;
using EodPredict.Orders;
using EodPredict.Service.Hosting;

namespace EodPredict.Service.CommandLine;

/// <summary><c>eod orders</c>: durable ids, bulk recording, and what became of every id.</summary>
internal static class OrdersCommand
{
    private const int BatchSize = 10_000;
    private const long BetweenProgress = 100_000;
    private const string Worker = "eod orders next";

    public static Command Create() => new("orders", "Order ids that cannot collide, and the trade history under them.")
    {
        Next(), Record(), Ledger(),
    };

    private static Command Next()
    {
        var count = new Option<long>("--count") { Description = "How many.", HelpName = "N", Required = true };
        count.Validators.Add(result =>
        {
            if (result.Tokens is not [var token] || !long.TryParse(token.Value, CultureInfo.InvariantCulture, out var number) || number < 1)
            {
                result.AddError("--count takes a number from 1.");
            }
        });
        var file = new Option<string?>("--out") { Description = "Where they are written. Default: standard output.", HelpName = "F" };
        var command = new Command("next", "Leases ids and writes them, one a line, when they are durable.") { count, file };
        command.SetAction((asked, cancellationToken) => CommandHost.RunAsync(
            asked.Configuration(),
            (services, cancellation) => NextAsync(Store(services), asked.GetValue(count), asked.GetValue(file), cancellation),
            cancellationToken));
        return command;
    }

    private static Command Record()
    {
        var source = new Option<string>("--source") { Description = "Whose keys these are.", HelpName = "S", Required = true };
        var file = new Option<string>("--file")
        {
            Description = "Columns client_key and payload (JSON), or client_key and any others; order_id where ids were leased.",
            HelpName = "F.csv",
            Required = true,
        };
        var json = JsonOption.Create();
        var command = new Command("record", "Records orders, each once, however often it is run.") { source, file, json };
        command.SetAction((asked, cancellationToken) => CommandHost.RunAsync(
            asked.Configuration(),
            (services, cancellation) => RecordAsync(
                Store(services), asked.GetRequiredValue(source), asked.GetRequiredValue(file), asked.GetValue(json), cancellation),
            cancellationToken));
        return command;
    }

    private static Command Ledger()
    {
        var json = JsonOption.Create();
        var command = new Command("ledger", "Tells what became of every id: used, reserved, leased and unused, abandoned.") { json };
        command.SetAction((asked, cancellationToken) => CommandHost.RunAsync(
            asked.Configuration(), (services, cancellation) => LedgerAsync(Store(services), asked.GetValue(json), cancellation),
            cancellationToken));
        return command;
    }

    private static OrderStore Store(IServiceProvider services) => ActivatorUtilities.CreateInstance<OrderStore>(services);

    private static async Task<int> NextAsync(OrderStore store, long count, string? file, CancellationToken cancellationToken)
    {
        await using var to = file is null
            ? new StreamWriter(Console.OpenStandardOutput()) : new StreamWriter(file, append: false);
        while (count > 0)
        {
            var blocks = (int)Math.Min((count + 1023) / 1024, 4096);
            foreach (var run in (await store.LeaseAsync(Worker, blocks, cancellationToken)).Ranges)
            {
                for (var id = run.First; id <= run.Last && count > 0; id++, count--)
                {
                    await to.WriteLineAsync(id.ToString(CultureInfo.InvariantCulture).AsMemory(), cancellationToken);
                }
            }
        }

        return ExitCode.Done;
    }

    private static async Task<int> RecordAsync(
        OrderStore store, string source, string file, bool asJson, CancellationToken cancellationToken)
    {
        using var text = File.OpenText(file);
        var (created, known) = (0L, 0L);
        foreach (var batch in new OrderFile(text, file).Orders().Chunk(BatchSize))
        {
            var counts = await store.RecordBatchAsync(source, batch, cancellationToken);
            (created, known) = (created + counts.Created, known + counts.Known);
            if ((created + known) % BetweenProgress == 0)
            {
                Console.Error.WriteLine(Text($"{created + known} orders so far"));
            }
        }

        if (asJson)
        {
            JsonOption.Write(new { source, Orders = created + known, Recorded = created, Known = known });
            return ExitCode.Done;
        }

        Console.WriteLine(Text($"{source}: {created + known} orders read: {created} recorded, {known} known before."));
        return ExitCode.Done;
    }

    private static async Task<int> LedgerAsync(OrderStore store, bool asJson, CancellationToken cancellationToken)
    {
        var rows = await store.LedgerAsync(cancellationToken);
        if (asJson)
        {
            rows.ForEach(JsonOption.Write);
            return ExitCode.Done;
        }

        var width = rows.Select(row => Name(row).Length).Append(6).Max();
        Line("worker".PadRight(width), "issued", "used", "reserved", "leased", "abandoned");
        foreach (var row in rows)
        {
            Line(Name(row).PadRight(width), row.Issued, row.Used, row.Reserved, row.LeasedUnused, row.Abandoned);
        }

        Line(
            "all".PadRight(width), rows.Sum(row => row.Issued), rows.Sum(row => row.Used), rows.Sum(row => row.Reserved),
            rows.Sum(row => row.LeasedUnused), rows.Sum(row => row.Abandoned));
        return ExitCode.Done;
    }

    private static string Name(OrderLedgerRow row) => row.Worker.Length > 0 ? row.Worker : "(nobody)";

    private static void Line(string name, params object[] counts) => Console.WriteLine(
        name + string.Concat(counts.Select(count => string.Create(CultureInfo.InvariantCulture, $"  {count,16}"))));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
