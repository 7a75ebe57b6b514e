using EodPredict.Jobs;
using EodPredict.Providers.Http;
using EodPredict.Providers.Replies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EodPredict.Providers;

/// <summary>
/// Asks providers, each through a connection of its own. Whatever a provider does (hangs, answers garbage, breaks off) is an observation
/// and no exception. Safe for any thread.
/// </summary>
/// <param name="catalog">What can be asked.</param>
/// <param name="database">Where earlier observations are, which a HEAD is compared with.</param>
/// <param name="time">The service's clock, which observations are stamped by.</param>
/// <param name="wall">The wall clock, which time-outs run by.</param>
/// <param name="logger">Gets one line a call, without key or address.</param>
public sealed partial class ProviderClient(
    DatasetCatalog catalog,
    NpgsqlDataSource database,
    TimeProvider time,
    [FromKeyedServices(WallClock.Key)] TimeProvider wall,
    ILogger<ProviderClient> logger) : IDisposable
{
    private static readonly TimeSpan LongestReading = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, ProviderConnection> _connections = [];
    private readonly Lock _lock = new();

    /// <summary>
    /// Makes one call. Writes no row: that is <see cref="ObservationLog.WriteAsync"/>, in the transaction of what follows from it.
    /// </summary>
    /// <exception cref="ArgumentException">The dataset cannot be asked by this method.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled; whether the call was made is not known.</exception>
    /// <exception cref="NpgsqlException">The earlier observations that a HEAD is compared with could not be read.</exception>
    public async Task<ProviderReply> AskAsync(
        Dataset dataset, string ticker, DateOnly sessionDate, CheckMethod method, CancellationToken cancellationToken)
    {
        var access = catalog.AccessTo(dataset);
        var template = method switch
        {
            CheckMethod.Get => access.Get,
            CheckMethod.Head => access.Head,
            _ => access.Page,
        } ?? throw new ArgumentException($"Dataset '{dataset.Name}' cannot be asked by {ObservationLog.Name(method)}.", nameof(method));
        var before = method == CheckMethod.Head ? await BeforeAsync(access, dataset, ticker, sessionDate, cancellationToken) : [];

        var sentAt = time.GetUtcNow();
        var started = wall.GetTimestamp();
        var raw = await ConnectionTo(access.Provider).SendAsync(
            method,
            template.Build(ticker, sessionDate, access.Provider.Key),
            () => (sentAt, started) = (time.GetUtcNow(), wall.GetTimestamp()),
            cancellationToken);
        var finishedAt = time.GetUtcNow();
        var took = wall.GetElapsedTime(started);

        using var patience = new CancellationTokenSource(LongestReading, wall);
        var verdict = method == CheckMethod.Head
            ? ReplyClassifier.ClassifyHead(raw, access.GetRules, access.HeadSign, before, access.Provider.Key)
            : ReplyClassifier.Classify(
                raw, method == CheckMethod.Get ? access.GetRules : access.PageRules!, new(ticker, sessionDate), access.Provider.Key,
                patience.Token);
        var observation = new Observation
        {
            Dataset = dataset.Name,
            Ticker = method == CheckMethod.Page && dataset.PageIsShared ? null : ticker,
            SessionDate = sessionDate,
            Method = method,
            Outcome = verdict.Outcome,
            Reason = verdict.Reason,
            SentAt = sentAt,
            FinishedAt = finishedAt,
            Status = raw.Status,
            ContentLength = raw.Validators.ContentLength,
            EntityTag = raw.Validators.EntityTag,
            LastModified = raw.Validators.LastModified,
            DataDate = verdict.DataDate,
            RetryAfter = verdict.RetryAfter,
        };
        CallMeter.Count(observation);
        var level = verdict.Outcome is ReplyOutcome.Refused or ReplyOutcome.Broken ? LogLevel.Warning : LogLevel.Information;
        LogCall(
            logger, level, ObservationLog.Name(method), dataset.Name, ticker, sessionDate, verdict.Outcome, raw.Status, raw.Body.Length,
            took.TotalMilliseconds, verdict.Reason);
        return new ProviderReply(observation, raw.Body, raw.ContentType);
    }

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var connection in _connections.Values) connection.Dispose();
            _connections.Clear();
        }
    }

    private async Task<IReadOnlyList<Validators>> BeforeAsync(
        DatasetAccess access, Dataset dataset, string ticker, DateOnly sessionDate, CancellationToken cancellationToken)
    {
        if (access.HeadSign == HeadSign.Status) return [];

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await ObservationLog.BeforeArrivalAsync(connection, dataset.Name, ticker, sessionDate, cancellationToken);
    }

    private ProviderConnection ConnectionTo(ProviderAccess provider)
    {
        lock (_lock)
        {
            if (!_connections.TryGetValue(provider.Name, out var connection))
            {
                connection = new ProviderConnection(provider, wall);
                _connections.Add(provider.Name, connection);
            }

            return connection;
        }
    }

    [LoggerMessage(
        Message = "{Method} {Dataset} {Ticker} {SessionDate:yyyy-MM-dd}: {Outcome} (status {Status}, {Bytes} bytes, {Milliseconds:0} ms). {Reason}")]
    private static partial void LogCall(
        ILogger logger, LogLevel level, string method, string dataset, string ticker, DateOnly sessionDate, ReplyOutcome outcome,
        int? status, int bytes, double milliseconds, string reason);
}
