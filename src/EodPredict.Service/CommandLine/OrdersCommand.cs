using System.CommandLine;
using System.Globalization;
using EodPredict.Orders;
using EodPredict.Service.Hosting;
using Spectre.Console;

namespace EodPredict.Service.CommandLine;

/// <summary><c>eod orders</c>: durable ids, bulk recording, and what became of every id.</summary>
internal static class OrdersCommand
{
    private const int BatchSize = 10_000;
    private const string Worker = "eod orders next";

    private static readonly string[] Counts = ["issued", "used", "reserved", "leased", "abandoned"];

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
        var json = JsonOption.Create();
        var command = new Command("next", "Leases ids and writes them, one a line, when they are durable.") { count, file, json };
        JsonOption.NeedsFile(command, json, file);
        command.SetAction((asked, cancellationToken) => CommandHost.RunAsync(
            asked.Configuration(),
            (services, cancellation) => NextAsync(
                Store(services), asked.GetValue(count), asked.GetValue(file), asked.GetValue(json), cancellation),
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

    private static async Task<int> NextAsync(
        OrderStore store, long count, string? file, bool asJson, CancellationToken cancellationToken)
    {
        await using (var to = file is null ? new StreamWriter(Console.OpenStandardOutput()) : new StreamWriter(file, append: false))
        {
            await WorkProgress.RunAsync(
                "orders next", progress => WriteIdsAsync(store, count, to, progress, cancellationToken),
                isShared: file is null && !Console.IsOutputRedirected);
        }

        if (asJson)
        {
            JsonOption.Write(new { Ids = count, Out = file });
        }

        return ExitCode.Done;
    }

    private static async Task<long> WriteIdsAsync(
        OrderStore store, long count, TextWriter to, WorkProgress progress, CancellationToken cancellationToken)
    {
        for (var left = count; left > 0; progress.Report(count - left, count, "ids"))
        {
            var blocks = (int)Math.Min((left + 1023) / 1024, 4096);
            foreach (var run in (await store.LeaseAsync(Worker, blocks, cancellationToken)).Ranges)
            {
                for (var id = run.First; id <= run.Last && left > 0; id++, left--)
                {
                    await to.WriteLineAsync(id.ToString(CultureInfo.InvariantCulture).AsMemory(), cancellationToken);
                }
            }
        }

        return count;
    }

    private static async Task<int> RecordAsync(
        OrderStore store, string source, string file, bool asJson, CancellationToken cancellationToken)
    {
        var (created, known) = await WorkProgress.RunAsync("orders record", async progress =>
        {
            using var text = File.OpenText(file);
            var (made, found) = (0L, 0L);
            foreach (var batch in new OrderFile(text, file).Orders().Chunk(BatchSize))
            {
                var counts = await store.RecordBatchAsync(source, batch, cancellationToken);
                (made, found) = (made + counts.Created, found + counts.Known);
                progress.Report((double)text.BaseStream.Position / Math.Max(1, text.BaseStream.Length), Text($"{made + found} orders"));
            }

            return (made, found);
        });

        if (asJson)
        {
            JsonOption.Write(new { source, Orders = created + known, Recorded = created, Known = known });
            return ExitCode.Done;
        }

        CommandConsole.Facts.Line(Text($"{source}: {created + known} orders read: {created} recorded, {known} known before."), Color.Green);
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

        var table = new FactTable(["worker", .. Counts.Select(FactColumn.Number)]);
        foreach (var row in rows)
        {
            table.Add([Name(row), .. Numbers(row.Issued, row.Used, row.Reserved, row.LeasedUnused, row.Abandoned)]);
        }

        table.Add([
            new FactCell("all", Color.Green),
            .. Numbers(
                rows.Sum(row => row.Issued), rows.Sum(row => row.Used), rows.Sum(row => row.Reserved), rows.Sum(row => row.LeasedUnused),
                rows.Sum(row => row.Abandoned))]);
        table.Write(CommandConsole.Facts);
        return ExitCode.Done;
    }

    private static string Name(OrderLedgerRow row) => row.Worker.Length > 0 ? row.Worker : "(nobody)";

    private static IEnumerable<FactCell> Numbers(params object[] counts) => counts.Select(count => (FactCell)Text($"{count}"));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
