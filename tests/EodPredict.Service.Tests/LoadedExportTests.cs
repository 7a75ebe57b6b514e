using System.Diagnostics;
using DuckDB.NET.Data;
using Npgsql;

namespace EodPredict.Service.Tests;

/// <summary>What others make of an export: DuckDB of CSV and Parquet, pandas of CSV.</summary>
public sealed class LoadedExportTests(ServedFolder served, TestFolder folder) : IClassFixture<ServedFolder>, IClassFixture<TestFolder>
{
    private const string Load = """
        import pandas as pd, sys
        for table in ["observations", "checks", "arrivals", "throttle"]:
            header = pd.read_csv(f"{sys.argv[1]}/{table}.csv", nrows=0).columns
            rows = pd.read_csv(f"{sys.argv[1]}/{table}.csv", parse_dates=[name for name in header if name.endswith("_utc")])
            print(table, len(rows), sorted({str(rows[name].dtype) for name in header if name.endswith("_utc") and rows[name].notna().any()}))
        """;

    [Fact]
    public async Task DuckDB_reads_the_same_from_CSV_and_Parquet()
    {
        await WriteAsync();
        await using var duck = new DuckDBConnection("DataSource=:memory:");
        await duck.OpenAsync();
        foreach (var (table, instant, number) in new[]
        {
            ("observations", "sent_utc", "status"), ("checks", "sent_utc", "sent_minutes_after_close"), ("arrivals", "by_utc", "by_minutes"),
            ("throttle", "minute_utc", "pace_per_second"),
        })
        {
            var (csv, parquet) = (folder.PathOf($"{table}.csv"), folder.PathOf($"{table}.parquet"));
            Assert.Equal(2L, await FirstAsync(duck, $"select count(*) from '{parquet}'"));
            Assert.Equal(
                "TIMESTAMP WITH TIME ZONE", await FirstAsync(duck, $"select typeof({instant}) from '{csv}' where {instant} is not null limit 1"));
            Assert.Equal(
                "TIMESTAMP WITH TIME ZONE", await FirstAsync(duck, $"select typeof({instant}) from '{parquet}' limit 1"));

            // A column that is empty in all rows has no type of its own in a CSV.
            foreach (var column in new[] { instant, number })
            {
                Assert.Equal(0L, await FirstAsync(duck, $"""
                    select count(*) from (select {column} from '{csv}' except select {column} from '{parquet}'
                        union all (select {column} from '{parquet}' except select {column} from '{csv}'))
                    """));
            }
        }
    }

    [ExampleFact(ExampleScript.Notebook)]
    public async Task Pandas_reads_instants_as_instants()
    {
        await WriteAsync();
        var start = new ProcessStartInfo(ExampleScript.Interpreter(ExampleScript.Notebook)!, ["-c", Load, folder.PathOf("")])
        {
            RedirectStandardOutput = true,
        };
        using var python = Process.Start(start)!;
        var told = (await python.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await python.WaitForExitAsync();
        Assert.Equal(
            ((string[])["observations", "checks", "arrivals", "throttle"]).Select(table => $"{table} 2 ['datetime64[ns, UTC]']"), told);
    }

    private async Task WriteAsync()
    {
        await using (var record = served.Database.CreateCommand("""
            insert into eod.session (dataset, ticker, session_date, close_at, state, last_not_yet_at, found_at, gets)
            select 'loaded', 'AAA', day, day + time '21:00', 'found', day + time '22:00', day + time '22:31', 2
            from (values (date '2026-03-02'), ('2026-03-03')) as s(day) on conflict do nothing;
            insert into eod.arrival
            select dataset, ticker, session_date, close_at, last_not_yet_at, found_at, 'check', found_at
            from eod.session where dataset = 'loaded' on conflict do nothing;
            insert into eod.observation (dataset, ticker, session_date, method, outcome, reason, sent_at, finished_at, status)
            select dataset, ticker, session_date, 'GET', 'available', 'it is there, "as told"', found_at, found_at + interval '0.25 s', 200
            from eod.session s where dataset = 'loaded' and not exists (select from eod.observation o where o.dataset = s.dataset);
            insert into eod.throttle_observation
            select 'http://h/i', timestamptz '2026-01-01Z' + n * interval '1 minute', 7, 60, 59, 1, 0, 4, interval '0.125 s', 1.5, true
            from generate_series(0, 1) n on conflict do nothing
            """))
        {
            await record.ExecuteNonQueryAsync();
        }

        foreach (var table in new[] { "observations", "checks", "arrivals", "throttle" })
        {
            foreach (var ending in new[] { "csv", "parquet" })
            {
                await using var export = await EodProcess.RunAsync(
                    folder, ["export", table, "--out", folder.PathOf($"{table}.{ending}")],
                    ("ConnectionStrings:Eod", new NpgsqlConnectionStringBuilder
                    {
                        Host = served.Data, Username = "eod", Database = "eod",
                    }.ConnectionString));
                Assert.True(await export.ExitCodeAsync() == 0, export.Error);
            }
        }
    }

    private static async Task<object?> FirstAsync(DuckDBConnection duck, string query)
    {
        await using var command = duck.CreateCommand();
        command.CommandText = query;
        return await command.ExecuteScalarAsync();
    }
}
