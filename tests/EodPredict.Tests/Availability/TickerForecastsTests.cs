using EodPredict.Availability;
using EodPredict.Forecasting;
using EodPredict.Providers;
using EodPredict.Providers.Calendars;
using EodPredict.Tests.Database;

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

    private static Dataset Dataset(string name) => new() { Name = name, Provider = "vendor", Tickers = [new DatasetTicker("A", "24/7")] };

    private async Task<TickerForecast> ForecastAsync(Dataset dataset, DateTimeOffset close)
    {
        using var forecasts = new TickerForecasts(database.DataSource, TestTime.Wall);
        return await forecasts.ForecastAsync(
            dataset, "A", new TradingSession(DateOnly.FromDateTime(close.UtcDateTime), close, false), CancellationToken.None);
    }

    private Task LearnAsync(Dataset dataset, int days, int minute) =>
        new ArrivalImport(database.DataSource, TestTime.Wall).ImportAsync(
            dataset.Name,
            [.. Enumerable.Range(1, days).Select(day => Today.AddDays(-day).AddHours(-3)).Select(close => ("A", new PastArrival(
                DateOnly.FromDateTime(close.UtcDateTime), close,
                new ArrivalInterval(TimeSpan.FromMinutes(minute - 1), TimeSpan.FromMinutes(minute)))))],
            CancellationToken.None);
}
