using EodPredict.Jobs;

namespace EodPredict.Service.Pages;

/// <summary>The first page: today's sessions, the late ones first.</summary>
internal static class TodayPage
{
    public static Html Render(IReadOnlyList<SessionView> sessions, DateTimeOffset now, TimeScale scale)
    {
        var span = LawBand.SpanOf(sessions, now);
        var open = sessions.Count(session => session.State == "open");
        return PageFrame.Render("Today's sessions", Html.Of($"""
            <p class="facts"><b>{now:ddd yyyy-MM-dd HH:mm} UTC</b>{Pace(scale)} · {open} open
            · {sessions.Count(session => session.Late)} late
            · {sessions.Count(session => session.State == "found")} found</p>
            {(sessions.Count == 0 ? Nothing() : Table(sessions, now, span))}
            """));
    }

    private static Html Pace(TimeScale scale) => scale.IsReal ? Html.Empty : Html.Of($" (a clock {scale.Speed} times as fast)");

    private static Html Nothing() => Html.Of(
        $"<p>No session has opened yet. One opens when the market of a configured ticker closes: <code>eod doctor</code> tells when.</p>");

    private static Html Table(IReadOnlyList<SessionView> sessions, DateTimeOffset now, TimeSpan span) => Html.Of($"""
        <table><thead><tr><th>Ticker</th><th>Close (UTC)</th>
        <th>Expected, asked, found: {Hours(span)} from the close</th><th>State</th><th>GETs</th>
        <th>Next check, and why</th></tr></thead><tbody>{Html.Join(sessions.Select(session => Row(session, now, span)))}</tbody></table>
        {(sessions.Count == TodaySessions.Most ? Html.Of($"<p>Only the first {TodaySessions.Most} are shown.</p>") : Html.Empty)}
        <p class="key"><i class="core"></i> half of the law <i class="wide"></i> 90% of it <i class="not_yet"></i> a GET too early
        <i class="there"></i> found <i class="next"></i> next check</p>
        """);

    private static Html Row(SessionView session, DateTimeOffset now, TimeSpan span) => Html.Of($"""
        <tr class="{session.State}{(session.Late ? " late" : "")}"><td><b>{session.Ticker}</b><small>{session.Dataset}</small></td>
        <td data-name="Close">{session.CloseAt.UtcDateTime:yyyy-MM-dd HH:mm}<small>session of {session.SessionDate:yyyy-MM-dd}</small></td>
        <td class="law">{LawBand.Draw(session, now, span)}</td>
        <td data-name="State"><span class="state">{(session.Late ? "late" : session.State)}</span>
        <small>{Since(session)}</small></td><td data-name="GETs">{session.Gets}{Signals(session)}</td>
        <td data-name="Next">{Next(session)}</td></tr>
        """);

    private static Html Signals(SessionView session) =>
        session.Signals > 0 ? Html.Of($"<small>{session.Signals} signals</small>") : Html.Empty;

    private static string Since(SessionView session) =>
        session.FoundAt is { } found ? $"{Hours(found - session.CloseAt)} after the close" : "";

    private static Html Next(SessionView session) => session.NextCheckAt is { } next
        ? Html.Of($"<b>{next.UtcDateTime:HH:mm}</b> {session.NextMethod}<small>{session.NextCheckWhy}</small>")
        : Html.Empty;

    private static string Hours(TimeSpan time) => FormattableString.Invariant($"{(int)time.TotalHours}:{time.Minutes:00} h");
}
