using EodPredict.Scraping.Limit;
using EodPredict.Scraping.Storage;

namespace EodPredict.Scraping;

// The statements that take items and commit what became of them, each at most one at a time, and the end of a run.
internal sealed partial class ScrapeLoop
{
    private const int FewestAhead = 100;
    private const int MostAhead = 4000;
    private const double SecondsAhead = 4;

    // By what was sent lately, where that is more: at first no pace is known, and what goes out may be no more than a burst.
    private const double SecondsAheadOfSent = 0.1;
    private const double ShortestLook = 0.02;

    private static readonly TimeSpan BetweenCommits = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenClaims = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly Queue<ThrottleMinute> _minutesToRecord = new();
    private Task<(List<ClaimedItem> Claimed, bool IsAnyLeft, JobCount Count)>? _claiming;
    private Task<JobCount>? _committing;
    private (long Stored, long Failed) _inCommit;
    private Task _recording = Task.CompletedTask;
    private bool _isDry;
    private bool _isOut;
    private TimeSpan _claimAgainAt;
    private (TimeSpan At, long Sent) _lastClaim;
    private bool _isGivenBack;
    private long _attemptsToCommit;
    private long _refusedToCommit;
    private TimeSpan _committedAt;
    private TimeSpan _stoppedAt;
    private ScrapeEndKind? _stopping;
    private string? _reason;

    private bool IsOver() =>
        _pace.InFlight == 0 && _claiming is null && _committing is null && _results.Count == 0 && _attemptsToCommit == 0
        && (_isOut || (_isGivenBack && _queue.Count == 0));

    private void Stop(ScrapeEndKind kind, string? reason = null)
    {
        if (_stopping is null)
        {
            (_stopping, _reason, _stoppedAt) = (kind, reason, Now);
        }
    }

    private async Task TendStatementsAsync()
    {
        await FinishStatementsAsync();
        if (_stopping is not null)
        {
            GiveBack();
        }
        else if (_claiming is null && !_isOut)
        {
            Claim();
        }

        if (_committing is null && MayCommit())
        {
            var ended = _results.Take();
            _inCommit = (ended.Count(one => one.State == EndedItem.Stored), ended.Count(one => one.State == EndedItem.Failed));
            var over = TakeEndedBlocks(ended);
            var count = new AttemptCount(_attemptsToCommit, _refusedToCommit);
            (_committedAt, _attemptsToCommit, _refusedToCommit) = (Now, 0, 0);
            _committing = Waking(_patience.AskAsync(() => _items.EndAsync(ended, over, count, CancellationToken.None), CancellationToken.None));
        }

        if (_recording.IsCompleted)
        {
            await _recording;
            _recording = _minutesToRecord.TryDequeue(out var minute) ? RecordMinuteAsync(minute) : Task.CompletedTask;
        }
    }

    private async Task FinishStatementsAsync()
    {
        if (_claiming is { IsCompleted: true })
        {
            var (claimed, isAnyLeft, count) = await _claiming;
            _claiming = null;
            claimed.ForEach(_queue.Add);

            // Asked again when all has ended: ids may have been added meanwhile. What others have taken falls free if they die.
            _isOut = claimed.Count == 0 && _isDry && IsIdle && !isAnyLeft;
            if (_isOut)
            {
                // The last items may have been another process's.
                (_storedByAll, _failedByAll) = (count.Stored, count.Failed);
            }

            _isDry = claimed.Count == 0;
            _claimAgainAt = _isDry && isAnyLeft ? Now + BetweenClaims : default;
        }

        if (_committing is { IsCompleted: true })
        {
            var count = await _committing;
            _committing = null;
            (_storedByAll, _failedByAll) = (count.Stored, count.Failed);
            (_stored, _failed, _inCommit) = (_stored - _inCommit.Stored, _failed - _inCommit.Failed, default);

            // What was left may have been what is committed now.
            _claimAgainAt = default;
            if (count.State is ScrapeStates.Paused or ScrapeStates.Cancelled)
            {
                Stop(ScrapeEndKind.Stopped);
            }
        }
    }

    // A block is over with the last of its items, which is committed after all the others.
    private static List<ClaimedBlock> TakeEndedBlocks(List<EndedItem> ended)
    {
        var over = new List<ClaimedBlock>();
        foreach (var one in ended)
        {
            if (one.State != EndedItem.Waiting && --one.Item.Block.Left == 0)
            {
                over.Add(one.Item.Block);
            }
        }

        return over;
    }

    private bool IsIdle => _pace.InFlight == 0 && _queue.Count == 0 && _results.Count == 0 && _committing is null && _attemptsToCommit == 0;

    private void Claim()
    {
        var sent = (_sent - _lastClaim.Sent) / Math.Max(ShortestLook, (Now - _lastClaim.At).TotalSeconds);
        var ahead = (int)Math.Clamp(Math.Max(SecondsAhead * _pace.Pace, SecondsAheadOfSent * sent), FewestAhead, MostAhead);
        if (_isDry ? IsIdle && Now >= _claimAgainAt : _queue.Count < ahead / 2)
        {
            _lastClaim = (Now, _sent);
            _claiming = Waking(_patience.AskAsync(() => ClaimAsync(ahead), CancellationToken.None));
        }
    }

    private async Task<(List<ClaimedItem> Claimed, bool IsAnyLeft, JobCount Count)> ClaimAsync(int most)
    {
        var claimed = await _items.ClaimAsync(most, CancellationToken.None);
        if (claimed.Count > 0)
        {
            return (claimed, true, default);
        }

        var (isAnyLeft, count) = await _items.ReadAsync(CancellationToken.None);
        return (claimed, isAnyLeft, count);
    }

    // Where nothing ends, a commit still tells whether the job was paused.
    private bool MayCommit() =>
        _results.IsWorthIt || Now - _committedAt >= BetweenCommits
        || (_results.Count + _attemptsToCommit > 0 && _pace.InFlight == 0 && _queue.Count == 0);

    // What was asked for may still come; what has not been asked for, or does not come in time, waits for the next run.
    private void GiveBack()
    {
        if (Now - _stoppedAt > Grace && !_abandoning.IsCancellationRequested)
        {
            _abandoning.Cancel();
        }

        if (_pace.InFlight > 0 || _claiming is not null)
        {
            return;
        }

        foreach (var item in _queue.Empty().Where(item => item.Attempts > 0))
        {
            _results.Add(new EndedItem(item, EndedItem.Waiting, null, null, _time.GetUtcNow()));
        }

        _isGivenBack = true;
    }

    private async Task RecordRestAsync()
    {
        await _recording;
        while (_minutesToRecord.TryDequeue(out var minute))
        {
            await RecordMinuteAsync(minute);
        }

        await RecordMinuteAsync(_minutes.Take(_pace.Pace));
    }

    private async Task RecordMinuteAsync(ThrottleMinute? minute)
    {
        if (minute is { } seen)
        {
            await _record(seen, this);
        }
    }

    private Task<T> Waking<T>(Task<T> statement)
    {
        _ = statement.ContinueWith(_ => Wake(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        return statement;
    }
}
