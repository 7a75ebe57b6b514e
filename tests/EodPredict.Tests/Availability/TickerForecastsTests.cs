using EodPredict.Availability;
using EodPredict.Forecasting;
using EodPredict.Forecasting.Models;
using EodPredict.Providers;
using EodPredict.Providers.Calendars;
using EodPredict.Tests.Database;
using Microsoft.Extensions.Logging.Abstractions;

namespace EodPredict.Tests.Availability;

public sealed class TickerForecastsTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly DateTimeOffset Today = new(TestTime.Wall.GetUtcNow().Date, TimeSpan.Zero);

    [Fact]
    public async Task A_session_to_come_is_forecast_from_history_with_its_first_check()
    {
        var dataset = Dataset("to-come");
        await LearnAsync(dataset, days: 20, minute: 90);
        var close = Today.AddDays(1).AddHours(21);
        var forecast = await ForecastAsync(dataset, close);

        Assert.Null(forecast.State);
        Assert.Equal(20, forecast.SessionsKnown);
        Assert.InRange(forecast.Law.Quantile(0.5)!.Value.TotalMinutes, 80, 100);
        Assert.InRange(forecast.NextCheckAt!.Value, close.AddMinutes(80), close.AddMinutes(120));
        Assert.Equal(CheckMethod.Get, forecast.NextMethod);
        Assert.NotEmpty(forecast.NextCheckWhy!);
    }

    [Fact]
    public async Task A_session_that_is_watched_shows_its_planned_check_and_the_law_cut_at_the_last_not_yet()
    {
        var dataset = Dataset("watched");
        await LearnAsync(dataset, days: 20, minute: 90);
        var close = Today.AddHours(-3);
        var next = close.AddMinutes(135);
        await database.ScalarAsync<long>(
            """
            insert into eod.session (dataset, ticker, session_date, close_at, last_not_yet_at, next_check_at, next_method, next_check_why)
            values ($1, 'A', $2, $3, $4, $5, 'GET', 'as planned') returning session_id
            """,
            dataset.Name, DateOnly.FromDateTime(close.UtcDateTime), close, close.AddMinutes(100), next);
        var forecast = await ForecastAsync(dataset, close);

        Assert.Equal("open", forecast.State);
        Assert.Equal(0, forecast.Law.ProbabilityBy(TimeSpan.FromMinutes(100)));
        Assert.Equal(next, forecast.NextCheckAt);
        Assert.Equal("as planned", forecast.NextCheckWhy);
    }

    [Fact]
    public async Task A_session_long_past_that_nobody_watched_has_no_next_check()
    {
        var forecast = await ForecastAsync(Dataset("past"), Today.AddDays(-30));
        Assert.Null(forecast.NextCheckAt);
        Assert.Equal(0, forecast.SessionsKnown);
    }

    [Fact]
    public async Task What_the_tickers_it_goes_with_told_today_is_known()
    {
        var dataset = Dataset("together");
        var random = new Random(6);
        var drops = Enumerable.Range(0, 40).ToDictionary(day => day, _ => 100 + (10 * random.Next(9)));
        foreach (var ticker in new[] { "A", "B", "C" })
        {
            await LearnAsync(dataset, 40, 0, ticker, drops);
            await database.ScalarAsync<object>(
                "insert into eod.companion (dataset, kind, ticker, first_ticker, trust, since) values ($1, 'batch', $2, 'A', 0.95, '2026-01-01')",
                dataset.Name, ticker);
        }

        var close = Today.AddHours(-3);
        var date = DateOnly.FromDateTime(close.UtcDateTime);
        await database.ScalarAsync<object>(
            "insert into eod.companion_look (dataset, dates, latest, next_look, version) values ($1, 40, $2, 45, 1)", dataset.Name, date);
        var before = await ForecastAsync(dataset, close.AddDays(2));
        Assert.EndsWith(
            "One of 3 tickers that land together; the others follow as soon as it lands.", before.NextCheckWhy, StringComparison.Ordinal);
        Assert.InRange(before.Law.ProbabilityBy(TimeSpan.FromMinutes(131)), 0.1, 0.7);

        const string Session = """
            insert into eod.session (dataset, ticker, session_date, close_at, state, last_not_yet_at, found_at, next_check_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8)
            """;
        await database.ScalarAsync<object>(Session, dataset.Name, "A", date, close, "open",
            DBNull.Value, DBNull.Value, close.AddMinutes(200));
        await database.ScalarAsync<object>(Session, dataset.Name, "B", date, close, "found",
            close.AddMinutes(120), close.AddMinutes(130), DBNull.Value);
        await database.ScalarAsync<object>(
            "insert into eod.arrival values ($1, 'B', $2, $3, $4, $5, 'check', $5)", dataset.Name, date, close,
            close.AddMinutes(120), close.AddMinutes(130));

        Assert.True((await ForecastAsync(dataset, close)).Law.ProbabilityBy(TimeSpan.FromMinutes(131)) > 0.9);
    }

    private static Dataset Dataset(string name) => new() { Name = name, Provider = "vendor", Tickers = [new DatasetTicker("A", "24/7")] };

    private async Task<TickerForecast> ForecastAsync(Dataset dataset, DateTimeOffset close)
    {
        using var forecasts = new TickerForecasts(
            database.DataSource, new ServingModel(new ModelStore(Path.GetTempPath()), NullLogger<ServingModel>.Instance), TestTime.Wall);
        return await forecasts.ForecastAsync(
            dataset, "A", new TradingSession(DateOnly.FromDateTime(close.UtcDateTime), close, false), CancellationToken.None);
    }

    private Task LearnAsync(Dataset dataset, int days, int minute, string ticker = "A", Dictionary<int, int>? later = null) =>
        new ArrivalImport(database.DataSource, TestTime.Wall).ImportAsync(
            dataset.Name,
            [.. from day in Enumerable.Range(1, days)
                let close = Today.AddDays(-day).AddHours(-3)
                let at = minute + (later?.GetValueOrDefault(day - 1) ?? 0)
                let interval = new ArrivalInterval(TimeSpan.FromMinutes(at - 1), TimeSpan.FromMinutes(at))
                select (ticker, new PastArrival(DateOnly.FromDateTime(close.UtcDateTime), close, interval))],
            CancellationToken.None);
}
