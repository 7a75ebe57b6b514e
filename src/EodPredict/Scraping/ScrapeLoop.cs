using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using EodPredict.Scraping.Http;
using EodPredict.Scraping.Limit;
using EodPredict.Scraping.Pace;
using EodPredict.Scraping.Sharing;
using EodPredict.Scraping.Storage;

namespace EodPredict.Scraping;

/// <summary>
/// The thin loop: asks the controller when to send, sends, and commits what comes. One task runs it; attempts and statements run beside it
/// and wake it when they end. For one run.
/// </summary>
internal sealed partial class ScrapeLoop : IAsyncDisposable
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan BetweenReports = TimeSpan.FromMilliseconds(500);

    // Attempts that the limit is inferred from in the end.
    private const int Remembered = 10_000;

    private readonly ItemStore _items;
    private readonly EndpointConnection _connection;
    private readonly ItemAddress _address;
    private readonly SharedPace _pace;
    private readonly EndpointExchange _others;
    private readonly IProgress<ScrapeProgress>? _progress;
    private readonly long _asked;
    private readonly TimeProvider _time;
    private readonly TimeProvider _wall;
    private readonly OutagePatience _patience;
    private readonly Func<ThrottleMinute, ScrapeLoop, Task> _record;

    // The loop goes on where it is woken: each thread that is woken in between makes a request later on a busy machine.
    private readonly Channel<LoopEvent> _events = Channel.CreateUnbounded<LoopEvent>(
        new UnboundedChannelOptions { SingleReader = true, AllowSynchronousContinuations = true });

    private readonly PunctualTimer _timer;
    private readonly long _began;
    private readonly CancellationTokenSource _abandoning = new();
    private readonly ItemQueue _queue = new();
    private readonly ResultBuffer _results = new();
    private readonly EndEstimate _estimate = new();
    private readonly ThrottleMinutes _minutes = new();
    private readonly ServerSilence _silence = new();
    private readonly Queue<Attempt> _attempts = new();

    // By all processes, committed; and by this one, not committed yet.
    private long _storedByAll;
    private long _failedByAll;
    private long _stored;
    private long _failed;

    private long _sent;
    private long _refused;
    private TimeSpan _reportedAt;
    private ExceptionDispatchInfo? _unexpected;

    /// <param name="items">The job's items.</param>
    /// <param name="connection">The way to the endpoint.</param>
    /// <param name="address">Where each item is.</param>
    /// <param name="pace">Decides when to send; the loop's alone.</param>
    /// <param name="others">The way to those that share its endpoint's limit.</param>
    /// <param name="before">How far the job is.</param>
    /// <param name="progress">Is told twice a second; may be null.</param>
    /// <param name="record">Keeps what was seen in a minute.</param>
    /// <param name="time">The service's clock, which stamps what is kept.</param>
    /// <param name="wall">The wall clock, which paces.</param>
    public ScrapeLoop(
        ItemStore items, EndpointConnection connection, ItemAddress address, SharedPace pace, EndpointExchange others,
        ScrapeStatus before, IProgress<ScrapeProgress>? progress, Func<ThrottleMinute, ScrapeLoop, Task> record, TimeProvider time, TimeProvider wall)
    {
        (_items, _connection, _address, _pace, _others) = (items, connection, address, pace, others);
        (_progress, _record) = (progress, record);
        (_asked, _storedByAll, _failedByAll) = (before.Items, before.Stored, before.Failed);
        (_time, _wall, _patience, _began) = (time, wall, new OutagePatience(wall), wall.GetTimestamp());
        BeganAt = wall.GetUtcNow();
        _timer = new PunctualTimer(wall, Wake);
    }

    /// <summary>The attempts that ended last, for the model of the limit.</summary>
    public IReadOnlyCollection<Attempt> Attempts => _attempts;

    /// <summary>The origin of the attempts' instants, on the wall clock.</summary>
    public DateTimeOffset BeganAt { get; }

    private TimeSpan Now => _wall.GetElapsedTime(_began);

    /// <summary>
    /// Runs until every item has ended, or the job is paused or cancelled, or the token is; what has come by then is committed.
    /// </summary>
    /// <returns>How it ended.</returns>
    /// <exception cref="Npgsql.NpgsqlException">The database was away for too long.</exception>
    public async Task<(ScrapeEndKind Kind, string? Reason)> RunAsync(CancellationToken cancellationToken)
    {
        await using var waking = cancellationToken.Register(Wake);
        Listen();
        while (true)
        {
            while (_events.Reader.TryRead(out var happened))
            {
                Take(happened);
            }

            _unexpected?.Throw();
            await TendStatementsAsync();
            await TendSharingAsync();
            if (cancellationToken.IsCancellationRequested)
            {
                Stop(ScrapeEndKind.Stopped);
            }

            if (_silence.GaveUp(Now) is { } silent)
            {
                Stop(ScrapeEndKind.GaveUp, silent);
            }

            if (IsOver())
            {
                await EndSharingAsync();
                await RecordRestAsync();
                Report();
                return (_stopping ?? ScrapeEndKind.Done, _reason);
            }

            var until = Min(Pump(), _pace.ExchangeDue);
            var now = Now;
            if (now - _reportedAt >= BetweenReports)
            {
                _reportedAt = now;
                Report();
            }

            _timer.Set(Min(until - now, BetweenLooks));
            await _events.Reader.WaitToReadAsync(CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _abandoning.CancelAsync();
        await _listening;
        _timer.Dispose();
        _abandoning.Dispose();
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private void Wake() => _events.Writer.TryWrite(default);

    // Sends what may be sent now, and says until when there is nothing to do.
    private TimeSpan Pump()
    {
        while (_stopping is null && !_results.IsFull)
        {
            var now = Now;
            if (_queue.Due > now)
            {
                return _queue.Due;
            }

            var advice = _pace.Ask(now);
            if (!advice.Send)
            {
                return advice.AskAgain;
            }

            // When it has been written, it was sent: what keeps it from being so pushes the next one on, lest they come close together.
            var item = _queue.Take(now);
            var inFlight = _pace.InFlight;
            item.Attempts++;
            var fetching = _connection.FetchAsync(_address.Build(item.Name), _abandoning.Token);
            var sentAt = Now;
            _pace.Sent(sentAt);
            _sent++;
            _ = FinishAsync(item, fetching, sentAt, inFlight);
        }

        return TimeSpan.MaxValue;
    }

    private async Task FinishAsync(ClaimedItem item, Task<FetchedReply> fetching, TimeSpan sentAt, int inFlight)
    {
        FetchedReply? reply = null;
        try
        {
            reply = await fetching;
        }
        catch (OperationCanceledException)
        {
            // The run stops; the item waits for the next one.
        }
        catch (Exception e)
        {
            _unexpected ??= ExceptionDispatchInfo.Capture(e);
        }

        var outcome = reply is null ? AttemptOutcome.Failed : ReplyTriage.Outcome(reply.Verdict.Kind);
        _events.Writer.TryWrite(new(item, new Attempt(sentAt, Now, inFlight, outcome, reply?.Verdict.Hint ?? default), reply));
    }

    private void Take(LoopEvent happened)
    {
        if (happened.Item is not { } item)
        {
            return;
        }

        _pace.Finished(happened.Attempt);
        if (happened.Reply is not { } reply)
        {
            _queue.Add(item);
            return;
        }

        Count(happened.Attempt);
        _silence.Add(reply.Verdict, happened.Attempt.FinishedAt);
        var step = ItemRules.After(item.Refusals, item.Faults, reply.Verdict, _silence.IsOutage);
        (item.Refusals, item.Faults) = (step.Refusals, step.Faults);
        switch (step.Kind)
        {
            case ItemStepKind.Store:
                _stored++;
                ScrapeMeter.CountItem("stored");
                _results.Add(new(item, EndedItem.Stored, null, reply, _time.GetUtcNow()));
                break;
            case ItemStepKind.Fail:
                _failed++;
                ScrapeMeter.CountItem("failed");
                _results.Add(new(item, EndedItem.Failed, reply.Verdict.Reason, null, _time.GetUtcNow()));
                break;
            case ItemStepKind.Again when step.Wait > TimeSpan.Zero:
                _queue.Add(item, happened.Attempt.FinishedAt + step.Wait);
                break;
            default:
                _queue.Add(item);
                break;
        }

        if (reply.Verdict.Kind == ReplyKind.Unauthorized)
        {
            Stop(ScrapeEndKind.GaveUp, $"The server {reply.Verdict.Reason}.");
        }
    }

    private void Count(Attempt attempt)
    {
        _attemptsToCommit++;
        ScrapeMeter.Count(attempt.Outcome);
        if (attempt.Outcome == AttemptOutcome.Refused)
        {
            _refused++;
            _refusedToCommit++;
        }

        _attempts.Enqueue(attempt);
        if (_attempts.Count > Remembered)
        {
            _attempts.Dequeue();
        }

        if (_minutes.Add(_time.GetUtcNow(), attempt, _pace.Pace) is { } minute)
        {
            _minutesToRecord.Enqueue(minute);
        }
    }

    private void Report()
    {
        var (stored, failed) = (_storedByAll + _stored, _failedByAll + _failed);
        _estimate.Add(Now, stored + failed);
        _progress?.Report(new ScrapeProgress(
            _asked, stored, failed, _refused, _estimate.PerSecond, _pace.Pace, _pace.InFlight,
            _estimate.Left(_asked - stored - failed), _silence.Trouble(Now)));
    }
}
