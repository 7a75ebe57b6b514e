using EodPredict.Providers;
using Npgsql;

namespace EodPredict.Availability;

/// <summary>What was asked and answered in one check: a cheap signal, a GET, or both.</summary>
internal sealed record CheckExchange
{
    public Observation? Signal { get; init; }

    public ProviderReply? Get { get; init; }

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
    public Task LearnAsync(NpgsqlConnection connection, Dataset dataset, CancellationToken cancellationToken) =>
        Signal is not null && Get is not null && SaysThere(Signal.Outcome) is { } saidYes && SaysThere(Get.Observation.Outcome) is { } wasThere
            ? SignalTrustStore.LearnAsync(connection, dataset.Name, Signal.Method, saidYes, wasThere, cancellationToken)
            : Task.CompletedTask;

    private static bool? SaysThere(ReplyOutcome outcome) => outcome switch
    {
        ReplyOutcome.Available => true,
        ReplyOutcome.NotYet or ReplyOutcome.Partial or ReplyOutcome.Stale => false,
        _ => null,
    };
}
