using System.Collections.Immutable;
using NodaTime;

namespace EodPredict.Providers.Calendars;

/// <summary>
/// The sessions of one market over the days it has data for. A session date is a date in the market's own zone; a close is an instant,
/// with offset zero. It answers from closes worked out beforehand, never changes and may be used by many threads. Where it has no data
/// it throws <see cref="UnknownCalendarYearException"/>.
/// </summary>
public sealed class MarketCalendar
{
    private readonly ImmutableArray<TradingSession> _sessions;
    private readonly DateTimeOffset _knownFrom;
    private readonly DateTimeOffset _knownTo;
    private readonly string _remedy;

    private MarketCalendar(
        string name,
        ImmutableArray<TradingSession> sessions,
        DateOnly firstDate,
        DateOnly lastDate,
        DateTimeOffset knownFrom,
        DateTimeOffset knownTo,
        string remedy)
    {
        Name = name;
        FirstDate = firstDate;
        LastDate = lastDate;
        _sessions = sessions;
        _knownFrom = knownFrom;
        _knownTo = knownTo;
        _remedy = remedy;
    }

    /// <summary>What the calendar is called, such as <c>XNYS</c>.</summary>
    public string Name { get; }

    /// <summary>The first date it has data for.</summary>
    public DateOnly FirstDate { get; }

    /// <summary>The last date it has data for.</summary>
    public DateOnly LastDate { get; }

    /// <summary>
    /// A calendar of recorded sessions, in any order. It covers the days from the first session to the last, and nothing beyond: a day in
    /// between without a session had none. A last close is known until 24 hours after the last session's close.
    /// </summary>
    /// <exception cref="ArgumentException">No name, no session, two of one date, or a close not after the session's before.</exception>
    public static MarketCalendar FromSessions(string name, IEnumerable<TradingSession> sessions)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var ordered = sessions.Select(session => session with { Close = session.Close.ToUniversalTime() })
            .OrderBy(session => session.Date).ToImmutableArray();
        if (ordered.IsEmpty)
            throw new ArgumentException($"The calendar {name} needs at least one session.", nameof(sessions));

        for (var index = 1; index < ordered.Length; index++)
        {
            var (before, after) = (ordered[index - 1], ordered[index]);
            if (before.Date == after.Date || before.Close >= after.Close)
            {
                throw new ArgumentException(
                    $"The calendar {name} has a session {after.Date:yyyy-MM-dd} closing at {after.Close:u} beside a session "
                    + $"{before.Date:yyyy-MM-dd} closing at {before.Close:u}: dates must differ and closes must follow them.",
                    nameof(sessions));
            }
        }

        var (first, last) = (ordered[0], ordered[^1]);
        return new MarketCalendar(
            name, ordered, first.Date, last.Date, first.Close, last.Close.AddHours(24), "It was made from recorded sessions: record more.");
    }

    /// <summary>The session of <paramref name="date"/>; null where the market was closed.</summary>
    public TradingSession? SessionOn(DateOnly date)
    {
        Require(date);
        var index = CountBefore(date);
        return index < _sessions.Length && _sessions[index].Date == date ? _sessions[index] : null;
    }

    /// <summary>
    /// The sessions from <paramref name="first"/> to <paramref name="last"/>, both included, in order; none where they cross.
    /// </summary>
    public IReadOnlyList<TradingSession> Sessions(DateOnly first, DateOnly last)
    {
        if (first > last)
            return [];

        Require(first);
        Require(last);
        var start = CountBefore(first);
        var end = last == DateOnly.MaxValue ? _sessions.Length : CountBefore(last.AddDays(1));
        return _sessions.Slice(start, end - start);
    }

    /// <summary>The session that closed last at or before <paramref name="instant"/>.</summary>
    public TradingSession LastClosedBy(DateTimeOffset instant)
    {
        var index = CountClosedBy(instant) - 1;
        if (index < 0)
            throw Unknown(Earlier(DateOnly.FromDateTime(instant.UtcDateTime), FirstDate.AddDays(-1)));
        if (instant >= _knownTo && instant > _sessions[^1].Close)
            throw Unknown(Later(DateOnly.FromDateTime(instant.UtcDateTime), LastDate.AddDays(1)));
        return _sessions[index];
    }

    /// <summary>The session that closes first after <paramref name="instant"/>; one that closes at that instant has closed.</summary>
    public TradingSession NextClosingAfter(DateTimeOffset instant)
    {
        if (instant < _knownFrom)
            throw Unknown(Earlier(DateOnly.FromDateTime(instant.UtcDateTime), FirstDate.AddDays(-1)));

        var index = CountClosedBy(instant);
        return index < _sessions.Length
            ? _sessions[index]
            : throw Unknown(Later(DateOnly.FromDateTime(instant.UtcDateTime), LastDate.AddDays(1)));
    }

    internal static MarketCalendar FromData(CalendarData data, TradingSession[] sessions)
    {
        var knownFrom = data.Zone.AtStartOfDay(LocalDate.FromDateOnly(data.FirstDate)).ToInstant().ToDateTimeOffset();
        var knownTo = data.Zone.AtStartOfDay(LocalDate.FromDateOnly(data.LastDate).PlusDays(1)).ToInstant().ToDateTimeOffset();
        var remedy = $"Put a file for {data.Name} that covers the year into the folder named by {CalendarOptions.FolderKey}, "
            + "or update to a version that has it.";
        return new MarketCalendar(data.Name, [.. sessions], data.FirstDate, data.LastDate, knownFrom, knownTo, remedy);
    }

    private void Require(DateOnly date)
    {
        if (date < FirstDate || date > LastDate)
            throw Unknown(date);
    }

    private UnknownCalendarYearException Unknown(DateOnly date) => new(Name, date, FirstDate, LastDate, _remedy);

    private int CountBefore(DateOnly date) => Count(date, static (session, bound) => session.Date < bound);

    private int CountClosedBy(DateTimeOffset instant) => Count(instant, static (session, bound) => session.Close <= bound);

    /// <summary>How many sessions come before the first that does not meet <paramref name="isBefore"/>.</summary>
    private int Count<T>(T bound, Func<TradingSession, T, bool> isBefore)
    {
        var (low, high) = (0, _sessions.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (isBefore(_sessions[middle], bound))
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private static DateOnly Earlier(DateOnly one, DateOnly other) => one < other ? one : other;

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;
}
