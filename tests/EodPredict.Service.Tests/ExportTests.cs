using Npgsql;
using Parquet;
using Parquet.Schema;

namespace EodPredict.Service.Tests;

public sealed class ExportTests(ServedFolder served, TestFolder folder) : IClassFixture<ServedFolder>, IClassFixture<TestFolder>
{
    // More than the rows that are written at a time.
    private const int Minutes = 50_001;

    [Theory]
    [InlineData("observations")]
    [InlineData("checks")]
    [InlineData("arrivals")]
    public async Task CSV_and_Parquet_hold_the_same_rows(string table)
    {
        var dataset = await RecordAsync($"same-{table}");
        var csv = await LinesAsync(table, "--dataset", dataset);
        Assert.Equal(table == "arrivals" ? 3 : 4, csv.Length);
        await ExportAsync(table, "--dataset", dataset, "--out", folder.PathOf($"{table}.parquet"));
        Assert.Equal(csv, await ParquetRows.ReadAsync(folder.PathOf($"{table}.parquet")));
        Assert.Contains("2026-03-02T22:31:00.250000Z", string.Concat(csv), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Times_are_timestamps_in_UTC_and_many_rows_come_in_groups()
    {
        await SqlAsync($"""
            insert into eod.throttle_observation
            select 'http://h/i', timestamptz '2026-01-01Z' + n * interval '1 minute', 7, 60, 59, 1, 0, 4, interval '0.125 s', 1.5, n % 2 = 0
            from generate_series(0, {Minutes - 1}) n
            """);
        var (csv, parquet) = (folder.PathOf("throttle.csv"), folder.PathOf("throttle.parquet"));
        await ExportAsync("throttle", "--out", csv);
        await ExportAsync("throttle", "--out", parquet);
        Assert.Equal(Minutes + 1, File.ReadLines(csv).Count());
        Assert.Equal(File.ReadLines(csv), await ParquetRows.ReadAsync(parquet));

        await using var reader = await ParquetReader.CreateAsync(parquet);
        Assert.Equal(2, reader.RowGroupCount);
        var minute = Assert.IsType<DateTimeDataField>(reader.Schema.DataFields.Single(field => field.Name == "minute_utc"));
        Assert.Equal((true, DateTimeTimeUnit.Micros), (minute.IsAdjustedToUTC, minute.Unit));
        Assert.Empty(Directory.GetFiles(folder.PathOf(""), "*.part"));
    }

    [Fact]
    public async Task A_range_holds_its_first_and_its_last_day()
    {
        var dataset = await RecordAsync("range");
        var one = await LinesAsync("arrivals", "--dataset", dataset, "--from", "2026-03-03", "--to", "2026-03-03");
        Assert.StartsWith("range,AAA,2026-03-03,", Assert.Single(one.Skip(1)), StringComparison.Ordinal);
        Assert.Equal(3, (await LinesAsync("observations", "--dataset", dataset, "--to", "2026-03-02")).Length);
        Assert.Single((await LinesAsync("checks", "--dataset", dataset, "--from", "2026-03-03")).Skip(1));
        Assert.Single(await LinesAsync("arrivals", "--dataset", dataset, "--to", "2026-03-01"));
    }

    [Fact]
    public async Task An_empty_table_has_its_header()
    {
        await using var csv = await RunAsync("checks", "--from", "2031-01-01");
        Assert.StartsWith("dataset,ticker,session_date,close_utc,call_number,", csv.Output, StringComparison.Ordinal);
        Assert.Contains("checks: 0 rows", csv.Error, StringComparison.Ordinal);
        await ExportAsync("checks", "--from", "2031-01-01", "--out", folder.PathOf("empty.parquet"));
        Assert.Equal([csv.Output.TrimEnd()], await ParquetRows.ReadAsync(folder.PathOf("empty.parquet")));
    }

    [Theory]
    [InlineData(1, "End it in .csv or .parquet, or say which with --format", "arrivals", "--out", "table.xlsx")]
    [InlineData(1, "name one with --out", "arrivals", "--format", "parquet")]
    [InlineData(1, "swap them", "arrivals", "--from", "2026-03-03", "--to", "2026-03-02")]
    [InlineData(1, "No dataset 'nobody'", "arrivals", "--dataset", "nobody")]
    [InlineData(2, "--from takes a date such as", "arrivals", "--from", "3.3.2026")]
    public async Task What_cannot_be_done_is_refused_with_what_to_do(int code, string message, params string[] arguments)
    {
        await using var refused = await RunAsync(arguments);
        Assert.Equal(code, await refused.ExitCodeAsync());
        Assert.Contains(message, refused.Error, StringComparison.Ordinal);
        Assert.Empty(refused.Output);
    }

    // Two sessions of one ticker: found by the second GET, and found at once.
    private async Task<string> RecordAsync(string dataset)
    {
        await SqlAsync($$"""
            insert into eod.session (dataset, ticker, session_date, close_at, state, last_not_yet_at, found_at, gets, law_minutes)
            select '{{dataset}}', 'AAA', day, day + time '21:00', 'found', no, yes, gets, law::float8[]
            from (values
                (date '2026-03-02', timestamptz '2026-03-02T22:00Z', timestamptz '2026-03-02T22:31Z', 2, '{60,80,91.5,100,120}'),
                (date '2026-03-03', null, timestamptz '2026-03-03T22:40Z', 1, null)) as s(day, no, yes, gets, law);
            insert into eod.arrival
            select dataset, ticker, session_date, close_at, coalesce(last_not_yet_at, close_at), found_at + interval '0.25 s', 'check', found_at
            from eod.session where dataset = '{{dataset}}';
            insert into eod.observation (dataset, ticker, session_date, method, outcome, reason, sent_at, finished_at, status, retry_after)
            select dataset, ticker, session_date, 'GET', 'not_yet', 'nothing there', last_not_yet_at, last_not_yet_at, 404, interval '90 s'
            from eod.session where dataset = '{{dataset}}' and last_not_yet_at is not null;
            insert into eod.observation (dataset, ticker, session_date, method, outcome, reason, sent_at, finished_at)
            select dataset, ticker, session_date, 'GET', 'available', 'it is there', found_at, found_at + interval '0.25 s'
            from eod.session where dataset = '{{dataset}}' order by session_date
            """);
        return dataset;
    }

    private async Task SqlAsync(string text)
    {
        await using var command = served.Database.CreateCommand(text);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<string[]> LinesAsync(string table, params string[] arguments)
    {
        var file = folder.PathOf($"{table}.csv");
        await ExportAsync([table, .. arguments, "--out", file]);
        return await File.ReadAllLinesAsync(file);
    }

    private async Task ExportAsync(params string[] arguments)
    {
        await using var eod = await RunAsync(arguments);
        Assert.True(await eod.ExitCodeAsync() == 0, eod.Error);
    }

    private Task<EodProcess> RunAsync(params string[] arguments) => EodProcess.RunAsync(
        folder, ["export", .. arguments], ("ConnectionStrings:Eod", new NpgsqlConnectionStringBuilder
        {
            Host = served.Data, Username = "eod", Database = "eod",
        }.ConnectionString));
}
