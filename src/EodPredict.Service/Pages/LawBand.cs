namespace EodPredict.Service.Pages;

/// <summary>
/// Draws one session on a line of time since its close: the law as a band (5 to 95%, darker 25 to 75%, its median), the calls that were
/// made, the arrival, the next check and now.
/// </summary>
internal static class LawBand
{
    private const double Width = 300;
    private const double Height = 22;
    private const double Middle = Height / 2;
    private const int Quantiles = 5;

    /// <param name="session">What is drawn.</param>
    /// <param name="now">The service's clock.</param>
    /// <param name="span">How much time since the close the line shows; more than zero.</param>
    public static Html Draw(SessionView session, DateTimeOffset now, TimeSpan span)
    {
        double At(DateTimeOffset instant) => Place(instant - session.CloseAt, span);

        return Html.Of($"""
            <svg class="band" viewBox="0 0 {Width} {Height}" role="img" aria-label="{Words(session)}">
            <line class="axis" x1="0" y1="{Middle}" x2="{Width}" y2="{Middle}"/>
            {Law(session, span)}{(session.State == "open" ? Mark("now", At(now)) : Html.Empty)}
            {Html.Join(session.Calls.Select(call => Call(call, At(call.At))))}
            {(session.NextCheckAt is { } next ? Mark("next", At(next)) : Html.Empty)}</svg>
            """);
    }

    /// <summary>How much time the line must show so that everything of these sessions is on it.</summary>
    public static TimeSpan SpanOf(IEnumerable<SessionView> sessions, DateTimeOffset now) =>
        sessions.SelectMany(session => Ends(session, now)).DefaultIfEmpty(TimeSpan.Zero).Max() * 1.05 + TimeSpan.FromMinutes(1);

    private static IEnumerable<TimeSpan> Ends(SessionView session, DateTimeOffset now)
    {
        yield return session.LawMinutes.Count > 0 ? TimeSpan.FromMinutes(session.LawMinutes[^1]) : TimeSpan.Zero;
        if (session.State == "open")
        {
            yield return now - session.CloseAt;
        }

        if ((session.NextCheckAt ?? session.FoundAt) is { } last)
        {
            yield return last - session.CloseAt;
        }
    }

    private static Html Law(SessionView session, TimeSpan span)
    {
        if (session.LawMinutes.Count != Quantiles)
        {
            return Html.Empty;
        }

        var x = session.LawMinutes.Select(minutes => Place(TimeSpan.FromMinutes(minutes), span)).ToArray();
        return Html.Of($"""
            <rect class="wide" x="{x[0]:0.#}" y="4" width="{Math.Max(1, x[4] - x[0]):0.#}" height="{Height - 8}"/>
            <rect class="core" x="{x[1]:0.#}" y="4" width="{Math.Max(1, x[3] - x[1]):0.#}" height="{Height - 8}"/>{Mark("median", x[2])}
            """);
    }

    private static Html Call(SessionCall call, double x) => call switch
    {
        { Outcome: "available", Method: "GET" } => Html.Of($"""<circle class="there" cx="{x:0.#}" cy="{Middle}" r="5"/>"""),
        { Method: "GET" } => Html.Of($"""<circle class="{call.Outcome}" cx="{x:0.#}" cy="{Middle}" r="4"/>"""),
        _ => Html.Of($"""<circle class="signal" cx="{x:0.#}" cy="{Middle}" r="2"/>"""),
    };

    private static Html Mark(string kind, double x) =>
        Html.Of($"""<line class="{kind}" x1="{x:0.#}" y1="1" x2="{x:0.#}" y2="{Height - 1}"/>""");

    private static double Place(TimeSpan sinceClose, TimeSpan span) => Math.Clamp(sinceClose / span, 0, 1) * Width;

    private static string Words(SessionView session) => session.LawMinutes.Count == Quantiles
        ? FormattableString.Invariant(
            $"Expected {session.LawMinutes[0]:0} to {session.LawMinutes[4]:0} minutes after the close, about {session.LawMinutes[2]:0}; ")
            + FormattableString.Invariant($"{session.Gets} GETs made.")
        : FormattableString.Invariant($"{session.Gets} GETs made.");
}
