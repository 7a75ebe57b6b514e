using EodPredict.Availability;
using EodPredict.Providers;
using EodPredict.Providers.Calendars;
using EodPredict.Service.Api;
using EodPredict.Service.Health;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace EodPredict.Service.Forecasts;

/// <summary>What is expected of sessions, by HTTP.</summary>
internal static class ForecastEndpoints
{
    private const int UsualWindow = 15;
    private const int WidestWindow = 24 * 60;

    public static void MapForecasts(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/forecasts", ReadAsync)
            .WithSummary("What is expected of one session: scores by window, the next check and why").Produces<ForecastFacts>();

    private static async Task<IResult> ReadAsync(
        string dataset, string ticker, [FromQuery(Name = "session_date")] DateOnly? sessionDate,
        [FromQuery(Name = "window_minutes")] int? windowMinutes, DatasetCatalog datasets, MarketCalendars calendars,
        TickerForecasts forecasts, TimeProvider time, CancellationToken cancellationToken)
    {
        var window = windowMinutes ?? UsualWindow;
        if (window is < 1 or > WidestWindow)
        {
            return ApiProblem.Invalid($"window_minutes is from 1 to {WidestWindow}, not {window}.");
        }

        if (!datasets.TryGet(dataset, out var known))
        {
            return NotFound($"No dataset {dataset} is configured.");
        }

        try
        {
            return ForecastedSession.Find(known, ticker, sessionDate, calendars, time.GetUtcNow(), out var fault) is { } session
                ? Results.Json(ForecastFacts.Of(
                    known, ticker, session, await forecasts.ForecastAsync(known, ticker, session, cancellationToken),
                    TimeSpan.FromMinutes(window)), Readiness.Json)
                : NotFound(fault);
        }
        catch (UnknownCalendarYearException e)
        {
            return NotFound(e.Message);
        }
        catch (NpgsqlException e) when (e is not PostgresException)
        {
            return ApiProblem.Away("Ask again.");
        }
    }

    private static IResult NotFound(string detail) => ApiProblem.Of(StatusCodes.Status404NotFound, ApiProblem.NotFound, detail);
}
