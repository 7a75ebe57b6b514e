using System.Diagnostics;
using System.Globalization;
using EodPredict.Database;

namespace EodPredict.Benchmarks.Scraping;

/// <summary>The built <c>eod scrape</c> as a process of its own, on a benchmark's database.</summary>
internal static class ScrapeCommand
{
    private static int _jobs;

    /// <summary>Scrapes items 1 to <paramref name="items"/> as a new job.</summary>
    /// <param name="database">Where to.</param>
    /// <param name="port">Of the server, on loopback.</param>
    /// <param name="items">How many.</param>
    /// <param name="longest">When it is stopped, done or not.</param>
    /// <returns>Items stored, and rows that hold them: each once.</returns>
    public static async Task<(long Items, long Rows)> RunAsync(BenchmarkServer database, int port, int items, TimeSpan longest)
    {
        var job = string.Create(CultureInfo.InvariantCulture, $"job-{Interlocked.Increment(ref _jobs)}");
        using var process = Process.Start(Describe(database, job, port, $"1..{items}"))!;
        _ = process.StandardOutput.ReadToEndAsync();
        using var patience = new CancellationTokenSource(longest, BenchmarkTime.Wall);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        await using var command = database.Database.Sql(
            """
            select count(distinct item.item), count(*) from eod.scrape_result
            join eod.scrape_item item using (item_id) join eod.scrape_job job using (job_id) where job.name = $1
            """, job);
        await using var row = await command.ExecuteReaderAsync();
        await row.ReadAsync();
        return (row.GetInt64(0), row.GetInt64(1));
    }

    /// <summary>The command as a process that can be started.</summary>
    /// <param name="database">Where to.</param>
    /// <param name="job">The job's name.</param>
    /// <param name="port">Of the server, on loopback.</param>
    /// <param name="ids">A range.</param>
    public static ProcessStartInfo Describe(BenchmarkServer database, string job, int port, string ids)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [
                Path.Combine(AppContext.BaseDirectory, "eod.dll"), "scrape", "--job", job, "--url", $"http://127.0.0.1:{port}/items/{{id}}",
                "--ids", ids,
            ]) { RedirectStandardOutput = true };
        start.Environment["ConnectionStrings__Eod"] = database.ConnectionString;
        return start;
    }
}
