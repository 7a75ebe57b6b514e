using System.Globalization;
using EodPredict.Replay.Backtesting;
using EodPredict.Replay.Recorded;
using EodPredict.Service.CommandLine;
using Spectre.Console;

namespace EodPredict.Service.Demo;

/// <summary>What the lived sessions cost, beside the usual ways of polling on the same sessions: a table, and a summary as JSON.</summary>
internal sealed class DemoReport(IAnsiConsole console, RecordedDays recorded, DemoPlan plan, DemoDatabase database, bool asJson)
{
    private const double GetCost = 1;
    private const double DelayCostPerMinute = 0.1;

    private static readonly TimeSpan Horizon = TimeSpan.FromHours(48);

    /// <summary>Writes both.</summary>
    /// <returns>Whether every lived session was found.</returns>
    public async Task<bool> WriteAsync(string? summary, CancellationToken cancellationToken)
    {
        var over = await database.OverAsync(cancellationToken);
        var checks = await database.ChecksAsync(cancellationToken);
        var report = BacktestReport.Of(
            recorded.Sessions, session => over.Contains((session.Ticker, session.SessionDate)), checks, GetCost, DelayCostPerMinute, Horizon);
        if (asJson)
        {
            JsonOption.Write(report);
        }
        else if (report.Sessions > 0)
        {
            console.Write(Table(report));
        }

        if (summary is not null)
        {
            await File.WriteAllTextAsync(summary, report.ToJson() + Environment.NewLine, cancellationToken);
        }

        return report.Found == plan.Lived.Count;
    }

    private static Table Table(BacktestReport report)
    {
        var table = new Table
        {
            Title = new TableTitle($"{report.Sessions} sessions, {report.Found} found"),
            Caption = new TableTitle(Text($"cost: GETs at {GetCost}, minutes of delay at {DelayCostPerMinute}, per session")),
        };
        table.AddColumn("");
        foreach (var column in new[] { "GETs", "delay mean (min)", "cost" })
        {
            table.AddColumn(column, c => c.RightAligned());
        }

        table.AddRow("EodPredict", Text($"{report.GetsPerSession:0.00}"), Text($"{report.DelayMinutes.Mean:0.0}"), Text($"{report.Cost:0.00}"));
        table.AddRow(["a cron, every 30 minutes", .. Row(report.Baselines["fixed(30)"])]);
        var quantile = report.Baselines["quantile"];
        table.AddRow([Text($"quantile {quantile.Quantile}, then every {quantile.GapMinutes} min (best in hindsight)"), .. Row(quantile)]);
        table.AddRow(["one GET at the very instant", .. Row(report.Baselines["hindsight"])]);
        return table;
    }

    private static IEnumerable<string> Row(PolicyCost cost) => [Text($"{cost.Gets:0.00}"), Text($"{cost.DelayMinutes:0.0}"), Text($"{cost.Cost:0.00}")];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
