using EodPredict.Database;
using EodPredict.Providers;
using Npgsql;

namespace EodPredict.Availability;

/// <summary>What was asked and answered in one check: a cheap signal, a GET, or both.</summary>
internal sealed record CheckExchange
{
    public Observation? Signal { get; init; }

    public ProviderReply? Get { get; init; }

    /// <summary>What the check was decided by; null where that is not kept.</summary>
    public CheckLaw? Law { get; init; }

    /// <summary>The reply that decides: the GET's where there was one.</summary>
    public Observation Decisive => Get?.Observation ?? Signal ?? throw new InvalidOperationException("Nothing was asked.");

    public CallsMade Calls => new(Get is null ? 0 : 1, Signal is null ? 0 : 1);

    /// <summary>Writes the observations.</summary>
    /// <returns>The id of the decisive one; 0 where nothing was asked.</returns>
    public async Task<long> WriteAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var id = Signal is null ? 0 : await ObservationLog.WriteAsync(connection, Signal, cancellationToken);
        return Get is null ? id : await ObservationLog.WriteAsync(connection, Get.Observation, cancellationToken);
    }

    /// <summary>Learns how far the signal can be trusted, where both it and the GET said something about the data.</summary>
    /// <param name="connection">Inside the caller's transaction.</param>
    /// <param name="session">The session as it was before the exchange.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task LearnAsync(NpgsqlConnection connection, OpenSession session, CancellationToken cancellationToken)
    {
        if (Signal is null || Get is null || SaysThere(Signal.Outcome) is not { } saidYes
            || SaysThere(Get.Observation.Outcome) is not { } wasThere)
        {
            return;
        }

        const string Unjudged = """
            select count(*) from eod.observation where dataset = $1 and ticker = $2 and session_date = $3 and method = $4
            and outcome in ('not_yet', 'partial', 'stale') and sent_at > $5
            """;
        var since = session.LastNotYetAt ?? session.Close;
        var unjudged = saidYes && wasThere && session.LastNoAt > since
            ? await connection.Sql(Unjudged, session.Dataset, session.Ticker, session.SessionDate, Signal.Method.ToSql(), since)
                .FirstAsync<long>(cancellationToken)
            : 0;
        var one = SignalTrust.None.After(saidYes, wasThere, (int)unjudged);
        await SignalTrustStore.LearnAsync(connection, session.Dataset, Signal.Method, one, cancellationToken);
    }

    private static bool? SaysThere(ReplyOutcome outcome) => outcome switch
    {
        ReplyOutcome.Available => true,
        ReplyOutcome.NotYet or ReplyOutcome.Partial or ReplyOutcome.Stale => false,
        _ => null,
    };
}
