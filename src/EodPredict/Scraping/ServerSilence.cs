using EodPredict.Scraping.Http;

namespace EodPredict.Scraping;

/// <summary>
/// For how long a server has given nothing: no answer at all, or refusals alone. Tells when no single item is to blame, and when there is
/// no use in going on. Instants since the run began. Not thread-safe.
/// </summary>
internal sealed class ServerSilence
{
    private const int FaultsOfOutage = 8;

    private static readonly TimeSpan WithoutOneAnswer = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AfterAnswers = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan WorthTelling = TimeSpan.FromSeconds(3);

    private TimeSpan _since;
    private TimeSpan _refusedSince;
    private string? _fault;
    private string? _refusal;
    private bool _hasAnswered;
    private int _faultsInRow;

    /// <summary>Whether so much went unanswered in a row that no item is to blame.</summary>
    public bool IsOutage => _faultsInRow >= FaultsOfOutage;

    public void Add(ReplyVerdict verdict, TimeSpan at)
    {
        _refusedSince = verdict.Kind != ReplyKind.Throttled ? TimeSpan.Zero : _refusal is null ? at : _refusedSince;
        _refusal = verdict.Kind == ReplyKind.Throttled ? verdict.Reason : null;
        if (verdict.IsAnswer)
        {
            (_hasAnswered, _fault, _faultsInRow) = (true, null, 0);
            return;
        }

        _since = _fault is null && _hasAnswered ? at : _since;
        (_fault, _faultsInRow) = (verdict.Reason, _faultsInRow + 1);
    }

    /// <summary>Why there is no use in going on; null where there is.</summary>
    public string? GaveUp(TimeSpan now) =>
        _fault is not null && now - _since > (_hasAnswered ? AfterAnswers : WithoutOneAnswer)
            ? $"The server has not answered for {(now - _since).TotalSeconds:0} s. {_fault}" : null;

    /// <summary>Why nothing comes for a while; null where something does.</summary>
    public string? Trouble(TimeSpan now) =>
        _fault is not null && now - _since > WorthTelling ? $"nothing answered for {(now - _since).TotalSeconds:0} s: {_fault}"
        : _refusal is not null && now - _refusedSince > WorthTelling
            ? $"everything refused for {(now - _refusedSince).TotalSeconds:0} s: {_refusal}"
        : null;
}
