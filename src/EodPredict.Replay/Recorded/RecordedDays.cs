using EodPredict.Providers.Calendars;

namespace EodPredict.Replay.Recorded;

/// <summary>
/// What one provider published, and when: the content of one file with the columns ticker, session_date, close_utc, available_at_utc.
/// Immutable, so safe for concurrent use.
/// </summary>
public sealed class RecordedDays
{
    private static readonly IReadOnlyList<RecordedSession> Nothing = [];

    private readonly Dictionary<string, RecordedSession[]> _byTicker;
    private readonly Dictionary<(string Ticker, DateOnly SessionDate), RecordedSession> _byKey;

    /// <param name="sessions">In any order.</param>
    /// <exception cref="ArgumentException">A ticker has two sessions of one date.</exception>
    public RecordedDays(IEnumerable<RecordedSession> sessions)
    {
        Sessions = [.. sessions.OrderBy(session => session.SessionDate).ThenBy(session => session.Ticker, StringComparer.Ordinal)];
        _byKey = Sessions.ToDictionary(session => (session.Ticker, session.SessionDate));
        _byTicker = Sessions.GroupBy(session => session.Ticker).ToDictionary(group => group.Key, group => group.ToArray());
        Tickers = [.. _byTicker.Keys.Order(StringComparer.Ordinal)];
        SessionDates = [.. Sessions.Select(session => session.SessionDate).Distinct()];
    }

    /// <summary>All sessions, by session date, then by ticker in ordinal order.</summary>
    public IReadOnlyList<RecordedSession> Sessions { get; }

    /// <summary>All tickers, in ordinal order.</summary>
    public IReadOnlyList<string> Tickers { get; }

    /// <summary>Every date on which at least one ticker has a session, in order.</summary>
    public IReadOnlyList<DateOnly> SessionDates { get; }

    /// <summary>The sessions of one ticker by session date; none where the ticker is unknown.</summary>
    public IReadOnlyList<RecordedSession> Of(string ticker) => _byTicker.GetValueOrDefault(ticker) ?? Nothing;

    /// <summary>The calendar of one ticker as it was recorded: its dates and closes, none of them a half day.</summary>
    public IReadOnlyList<TradingSession> TradingSessions(string ticker) =>
        [.. Of(ticker).Select(session => new TradingSession(session.SessionDate, session.Close, IsHalfDay: false))];

    /// <summary>The session of one ticker and date; null where there is none.</summary>
    public RecordedSession? Find(string ticker, DateOnly sessionDate) => _byKey.GetValueOrDefault((ticker, sessionDate));

    /// <summary>Reads one file. A row whose available_at_utc is empty was never published.</summary>
    /// <exception cref="RecordedDaysException">A line cannot be used; the first 20 bad lines are listed with their reasons.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static async Task<RecordedDays> LoadAsync(string path, CancellationToken cancellationToken)
    {
        using var file = new StreamReader(path);
        return await ReadAsync(file, path, cancellationToken);
    }

    /// <summary>As <see cref="LoadAsync"/>, from text that is open already; <paramref name="name"/> is what a message calls it.</summary>
    /// <exception cref="RecordedDaysException">A line cannot be used; the first 20 bad lines are listed with their reasons.</exception>
    public static async Task<RecordedDays> ReadAsync(TextReader text, string name, CancellationToken cancellationToken)
    {
        var reader = new RecordedDaysReader(name);
        return new(await reader.ReadAsync(text, cancellationToken));
    }
}
