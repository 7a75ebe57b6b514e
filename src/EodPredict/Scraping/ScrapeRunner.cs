using System.Collections.Concurrent;
using EodPredict.Database;
using EodPredict.Jobs;
using EodPredict.Scraping.Forecast;
using EodPredict.Scraping.Http;
using EodPredict.Scraping.Limit;
using EodPredict.Scraping.Pace;
using EodPredict.Scraping.Sharing;
using EodPredict.Scraping.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EodPredict.Scraping;

/// <summary>Runs jobs; several processes may run the same, each on items of its own. Safe for concurrent use.</summary>
public sealed partial class ScrapeRunner(
    NpgsqlDataSource database,
    WorkerPresence presence,
    ScrapeJobs jobs,
    LimitForecasts forecasts,
    TimeProvider time,
    [FromKeyedServices(WallClock.Key)] TimeProvider wall,
    ILogger<ScrapeRunner> log)
{
    // Fewer attempts say nothing that the next run should start from.
    private const int FewestAttempts = 100;

    // What the limit's model is made of while a job runs; at its end, of all that are remembered.
    private const int AttemptsOfModel = 4000;

    private readonly EndpointMemory _memory = new(database, time);
    private readonly EndpointModels _models = new(database);
    private readonly ScrapeRuns _runs = new(database, time);
    private readonly ConcurrentDictionary<int, bool> _running = new();

    /// <summary>Runs a job until every item has ended, or it is paused, cancelled or interrupted; what has come by then is kept.</summary>
    /// <param name="job">The job; headers whose secrets are not stored have them.</param>
    /// <param name="progress">Is told twice a second; may be null.</param>
    /// <param name="cancellationToken">Interrupts it; it then ends within seconds, and does not throw.</param>
    /// <exception cref="ScrapeRefusedException">A secret is missing.</exception>
    /// <exception cref="NpgsqlException">The database was away for too long.</exception>
    public async Task<ScrapeEnd> RunAsync(ScrapeJob job, IProgress<ScrapeProgress>? progress, CancellationToken cancellationToken)
    {
        var address = ItemAddress.Resolve(job.Url);
        using var connection = new EndpointConnection(job.Headers.Select(header => RequestHeader.Parse(header)!), wall);
        if (!_running.TryAdd(job.Id, true))
        {
            return new ScrapeEnd(ScrapeEndKind.Elsewhere, null, new LimitEstimate());
        }

        try
        {
            var worker = await presence.IdAsync(cancellationToken);
            var items = new ItemStore(database, job.Id, worker);
            return await items.EnterAsync(cancellationToken)
                ? await TellAsync(
                    job, worker, before => RunAsync(job, before, items, worker, address, connection, progress, cancellationToken),
                    cancellationToken)
                : new ScrapeEnd(ScrapeEndKind.Stopped, null, new LimitEstimate());
        }
        finally
        {
            _running.TryRemove(job.Id, out _);
        }
    }

    // A run leaves its row in the history, whatever becomes of it.
    private async Task<ScrapeEnd> TellAsync(
        ScrapeJob job, int worker, Func<ScrapeStatus, Task<ScrapeEnd>> runAsync, CancellationToken cancellationToken)
    {
        var before = (await jobs.StatusAsync(job.Name, cancellationToken))!;
        var run = await _runs.BeginAsync(job.Id, worker, cancellationToken);
        try
        {
            var end = await runAsync(before);
            var outcome = end.Kind switch { ScrapeEndKind.Done => "done", ScrapeEndKind.GaveUp => "gave up", _ => "stopped" };
            await _runs.EndAsync(run, outcome, end.Reason, before, CancellationToken.None);
            return end;
        }
        catch (Exception e) when (e is not NpgsqlException)
        {
            await _runs.EndAsync(run, "failed", e.Message, before, CancellationToken.None);
            throw;
        }
    }

    private async Task<ScrapeEnd> RunAsync(
        ScrapeJob job, ScrapeStatus before, ItemStore items, int worker, ItemAddress address, EndpointConnection connection,
        IProgress<ScrapeProgress>? progress, CancellationToken cancellationToken)
    {
        var (endpoint, self) = (ItemAddress.Endpoint(job.Url), new Participant(worker, job.Id));
        var outlook = new PaceForecast(await forecasts.ReadAsync(endpoint, cancellationToken));
        var pace = Start(job, outlook, self);
        await using var loop = new ScrapeLoop(
            items, connection, address, pace, new EndpointExchange(database, endpoint, self, wall), before, progress,
            (minute, loop) => RecordAsync(endpoint, worker, minute, outlook, pace, loop), time, wall);
        var (kind, reason) = await loop.RunAsync(cancellationToken);
        await RememberAsync(endpoint, pace.Rate, loop.Attempts.Count);
        await items.LeaveAsync(kind == ScrapeEndKind.Done, reason, CancellationToken.None);

        // Of a limit that is shared, its own attempts do not tell the shape.
        var limit = new LimitEstimate { RatePerSecond = pace.Rate };
        if (!pace.WasShared)
        {
            limit = (await KeepModelAsync(endpoint, [.. loop.Attempts], loop.BeganAt)).Limit;
        }

        LogEnded(job.Name, kind, reason ?? "");
        return new ScrapeEnd(kind, reason, limit);
    }

    // What the endpoint is expected to bear now is where the run starts; what the server does overrules it.
    private SharedPace Start(ScrapeJob job, PaceForecast outlook, Participant self)
    {
        var rate = outlook.Start(time.GetUtcNow());
        if (rate is { } expected)
        {
            LogExpected(job.Name, expected);
        }

        return new SharedPace(self, new PaceSettings
        {
            MaxPace = job.MaxPace ?? double.PositiveInfinity,
            MaxInFlight = job.MaxInFlight ?? int.MaxValue,
            LearnedRate = rate,
        });
    }

    private Task RememberAsync(string endpoint, double rate, int attempts) =>
        rate > 0 && attempts >= FewestAttempts ? _memory.RememberAsync(endpoint, rate, CancellationToken.None) : Task.CompletedTask;

    private async Task<EndpointModel> KeepModelAsync(string endpoint, Attempt[] attempts, DateTimeOffset origin)
    {
        var model = await Task.Run(() => EndpointModel.Infer(attempts, origin, time.GetUtcNow()), CancellationToken.None);
        if (attempts.Length >= FewestAttempts)
        {
            await _models.KeepAsync(endpoint, model, CancellationToken.None);
        }

        return model;
    }

    // The loop hands on each minute when the next one has begun; until the first statement it does nothing else.
    private async Task RecordAsync(string endpoint, int worker, ThrottleMinute minute, PaceForecast outlook, SharedPace pace, ScrapeLoop loop)
    {
        var rate = pace.Rate;
        Attempt[] lately = pace.WasShared ? [] : [.. loop.Attempts.Skip(loop.Attempts.Count - AttemptsOfModel)];
        if (outlook.Turn(time.GetUtcNow()) is { } step)
        {
            pace.Expect(step);
        }

        try
        {
            await _memory.RecordAsync(endpoint, worker, minute, CancellationToken.None);
            await RememberAsync(endpoint, rate, minute.Attempts);
            if (lately.Length > 0)
            {
                await KeepModelAsync(endpoint, lately, loop.BeganAt);
            }
        }
        catch (NpgsqlException e)
        {
            LogNotRecorded(minute.Minute, e.Message);
        }
    }

    [LoggerMessage(EventId = 600, Level = LogLevel.Information, Message = "Scrape {Job}: {Kind}. {Reason}")]
    private partial void LogEnded(string job, ScrapeEndKind kind, string reason);

    [LoggerMessage(EventId = 601, Level = LogLevel.Information,
        Message = "Scrape {Job} starts at {Rate:0.##}/s, which its endpoint is expected to bear.")]
    private partial void LogExpected(string job, double rate);

    [LoggerMessage(EventId = 602, Level = LogLevel.Warning,
        Message = "What was seen in the minute {Minute:u} could not be recorded: {Reason}.")]
    private partial void LogNotRecorded(DateTimeOffset minute, string reason);
}
