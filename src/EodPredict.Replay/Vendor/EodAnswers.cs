using EodPredict.Replay.Recorded;

namespace EodPredict.Replay.Vendor;

/// <summary>What /eod/{ticker} answers at an instant of the service's clock. Pure: one question at one instant is the same bytes.</summary>
internal sealed class EodAnswers(PublicationBoard board, ReplayProviderOptions options)
{
    private static readonly NotYetAnswer[] Mixture = [NotYetAnswer.NotFound, NotYetAnswer.Empty, NotYetAnswer.Stale];

    private readonly PriceHistory _prices = new(options.Seed);
    private readonly SeededChance _chance = new(options.Seed);

    /// <summary>The answer to a GET.</summary>
    /// <param name="ticker">The ticker asked for.</param>
    /// <param name="sessionDate">The session date asked for; null asks for the newest.</param>
    /// <param name="now">On the service's clock.</param>
    public VendorAnswer Get(string ticker, DateOnly? sessionDate, DateTimeOffset now)
    {
        if (!board.Knows(ticker))
        {
            return JsonAnswers.Error(404, "unknown ticker");
        }

        if (sessionDate is not { } date)
        {
            return Published(ticker, until: null, now) ?? JsonAnswers.Rows([], null);
        }

        var session = board.Find(ticker, date);
        if (session?.Arrival <= now)
        {
            return Published(ticker, date, now)! with { Found = true };
        }

        return session is { Arrival: { } arrival } && now >= session.Close && now >= arrival - options.PartialFor
            ? JsonAnswers.PartialRow(_prices.Settled(ticker, date), Later(session.Close, arrival - options.PartialFor))
            : NotYet(ticker, date, now);
    }

    /// <summary>What a HEAD tells: what the GET would, save where it lies.</summary>
    /// <param name="ticker">The ticker asked for.</param>
    /// <param name="sessionDate">The session date asked for; null asks for the newest and is never lied about.</param>
    /// <param name="now">On the service's clock.</param>
    /// <param name="number">How many HEADs of this ticker and date came before.</param>
    public VendorAnswer Head(string ticker, DateOnly? sessionDate, DateTimeOffset now, long number)
    {
        var session = sessionDate is { } date ? board.Find(ticker, date) : null;
        if (session?.Arrival is not { } arrival)
        {
            return Get(ticker, sessionDate, now);
        }

        var draw = _chance.Draw("head", $"{ticker} {session.SessionDate:yyyy-MM-dd}", number);
        var lie = now >= arrival ? draw < options.Head.FalseNegativeShare : draw < options.Head.FalsePositiveShare;
        return !lie ? Get(ticker, sessionDate, now)
            : now >= arrival ? NotYet(ticker, session.SessionDate, arrival.AddTicks(-1))
            : Get(ticker, sessionDate, arrival);
    }

    private VendorAnswer NotYet(string ticker, DateOnly date, DateTimeOffset now)
    {
        var kind = options.BeforeArrival == NotYetAnswer.Mixed
            ? Mixture[(int)(_chance.Draw("not yet", ticker, date.DayNumber) * Mixture.Length)]
            : options.BeforeArrival;
        return kind switch
        {
            NotYetAnswer.Stale => Published(ticker, date, now) ?? JsonAnswers.Rows([], null),
            NotYetAnswer.Empty => JsonAnswers.Rows([], null),
            _ => JsonAnswers.Error(404, "no data for this date yet"),
        };
    }

    /// <summary>The newest rows there are up to a date, that included; null where there are none.</summary>
    private VendorAnswer? Published(string ticker, DateOnly? until, DateTimeOffset now)
    {
        var sessions = board.Arrived(ticker, now, until).Take(options.Rows).ToList();
        return sessions.Count == 0
            ? null
            : JsonAnswers.Rows([.. sessions.Select(session => Bar(session, now))], sessions.Max(session => ChangedAt(session, now)));
    }

    private PriceBar Bar(RecordedSession session, DateTimeOffset now) => options.RevisedAfter is { } after && now < session.Arrival + after
        ? _prices.FirstPublished(session.Ticker, session.SessionDate)
        : _prices.Settled(session.Ticker, session.SessionDate);

    private DateTimeOffset? ChangedAt(RecordedSession session, DateTimeOffset now) =>
        session.Arrival + options.RevisedAfter is { } revised && revised <= now ? revised : session.Arrival;

    private static DateTimeOffset Later(DateTimeOffset first, DateTimeOffset second) => first > second ? first : second;
}
