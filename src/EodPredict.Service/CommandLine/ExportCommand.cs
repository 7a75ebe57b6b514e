using System.CommandLine;
using System.Globalization;
using EodPredict.Providers;
using EodPredict.Service.Exports;
using EodPredict.Service.Hosting;
using Npgsql;

namespace EodPredict.Service.CommandLine;

/// <summary><c>eod export</c>: what was recorded, as pandas, DuckDB and BigQuery load it.</summary>
internal static class ExportCommand
{
    private static readonly Dictionary<string, ExportFormat> Endings = new(StringComparer.OrdinalIgnoreCase)
    {
        [".csv"] = ExportFormat.Csv,
        [".parquet"] = ExportFormat.Parquet,
    };

    public static Command Create()
    {
        var export = new Command("export", "Writes what was recorded as CSV or Parquet, for other programs.");
        foreach (var table in ExportedTable.All)
        {
            export.Add(Table(table));
        }

        return export;
    }

    private static Command Table(ExportedTable table)
    {
        var dataset = DatasetOption.Described("Of one dataset. Default: of all.");
        var from = DateOption.Create("--from", "The first day. Default: from the beginning.");
        var to = DateOption.Create("--to", "The last day. Default: to the end.");
        var file = new Option<string?>("--out")
        {
            Description = "A file, .csv or .parquet. Default: CSV to standard output.",
            HelpName = "FILE",
        };
        var format = new Option<string?>("--format") { Description = "csv or parquet. Default: by the file's ending." };
        format.AcceptOnlyFromAmong([.. Endings.Values.Select(Name)]);
        var json = JsonOption.Create();
        var command = new Command(table.Name, table.Description) { from, to, file, format, json };
        JsonOption.NeedsFile(command, json, file);
        if (table.HasDatasets)
        {
            command.Add(dataset);
        }

        command.SetAction((asked, cancellationToken) =>
        {
            var range = new ExportRange(table.HasDatasets ? asked.GetValue(dataset) : null, asked.GetValue(from), asked.GetValue(to));
            if (range.From > range.To)
            {
                throw new CommandFaultException(
                    Invariant($"--from {range.From:yyyy-MM-dd} is after --to {range.To:yyyy-MM-dd}: swap them."));
            }

            var path = asked.GetValue(file);
            var chosen = Format(path, asked.GetValue(format));
            return CommandHost.RunAsync(
                asked.Configuration(),
                (services, cancellation) => ExportAsync(services, table, range, chosen, path, asked.GetValue(json), cancellation),
                cancellationToken);
        });
        return command;
    }

    private static ExportFormat Format(string? path, string? name)
    {
        if (name is not null)
        {
            var named = Endings.Values.First(format => Name(format) == name);
            return path is not null || named == ExportFormat.Csv
                ? named : throw new CommandFaultException("Parquet needs a file: name one with --out.");
        }

        return path is null ? ExportFormat.Csv
            : Endings.TryGetValue(Path.GetExtension(path), out var format) ? format
            : throw new CommandFaultException(
                $"{path}: its ending tells no format. End it in {string.Join(" or ", Endings.Keys)}, or say which with --format.");
    }

    private static async Task<int> ExportAsync(
        IServiceProvider services, ExportedTable table, ExportRange range, ExportFormat format, string? path,
        bool asJson, CancellationToken cancellationToken)
    {
        var export = new TableExport(services.GetRequiredService<NpgsqlDataSource>());
        var datasets = services.GetRequiredService<DatasetCatalog>();
        if (range.Dataset is { } name && !datasets.TryGet(name, out _) && !await export.KnowsAsync(name, cancellationToken))
        {
            throw new CommandFaultException(
                $"No dataset '{name}' is configured or recorded; configured: {string.Join(", ", datasets.All.Select(one => one.Name))}.");
        }

        if (path is null)
        {
            await using var output = Console.OpenStandardOutput();
            Told(await WriteAsync(output));
            return ExitCode.Done;
        }

        // Under another name until it is whole: what is interrupted leaves no half table behind, and an older one as it was.
        var part = path + ".part";
        try
        {
            long rows;
            await using (var file = new FileStream(part, FileMode.Create, FileAccess.ReadWrite))
            {
                rows = await WriteAsync(file);
            }

            File.Move(part, path, overwrite: true);
            Told(rows);
        }
        finally
        {
            File.Delete(part);
        }

        return ExitCode.Done;

        // Rows that are shown on a terminal need no bar beside them.
        Task<long> WriteAsync(Stream to) => WorkProgress.RunAsync(
            $"export {table.Name}",
            progress => export.WriteAsync(
                table, range, format, to, new ReportedTo<long>(rows => progress.Report(rows, null, "rows")), cancellationToken),
            isShared: path is null && !Console.IsOutputRedirected);

        void Told(long rows)
        {
            if (asJson)
            {
                JsonOption.Write(new { Table = table.Name, Rows = rows, Out = path });
            }
            else
            {
                CommandConsole.Talk.Line(Invariant($"{table.Name}: {rows} rows{(path is null ? "" : $" written to {path}")}."));
            }
        }
    }

    private static string Name(ExportFormat format) => format == ExportFormat.Csv ? "csv" : "parquet";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
