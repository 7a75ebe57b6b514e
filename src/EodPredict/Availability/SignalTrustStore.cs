using EodPredict.Database;
using EodPredict.Providers;
using Npgsql;

namespace EodPredict.Availability;

/// <summary>The table <c>eod.signal_trust</c>. Safe for concurrent use.</summary>
internal sealed class SignalTrustStore(NpgsqlDataSource database)
{
    /// <summary>What a dataset without cheap signals has.</summary>
    public static IReadOnlyDictionary<CheckMethod, SignalTrust> NoSignals { get; } = new Dictionary<CheckMethod, SignalTrust>();

    /// <summary>What is known of each cheap signal that a dataset has.</summary>
    public async Task<IReadOnlyDictionary<CheckMethod, SignalTrust>> OfAsync(Dataset dataset, CancellationToken cancellationToken)
    {
        var signals = dataset.Methods.Where(method => method != CheckMethod.Get).ToList();
        if (signals.Count == 0)
        {
            return NoSignals;
        }

        const string Select = "select method, yes_and_there, yes_not_there, no_and_there, no_not_there from eod.signal_trust where dataset = $1";
        var known = await database.Sql(Select, dataset.Name).ListAsync(
            reader => KeyValuePair.Create(
                CheckMethods.FromSql(reader.GetString(0)),
                new SignalTrust(reader.GetDouble(1), reader.GetDouble(2), reader.GetDouble(3), reader.GetDouble(4))),
            cancellationToken);
        var byMethod = new Dictionary<CheckMethod, SignalTrust>(known);
        return signals.ToDictionary(method => method, method => byMethod.GetValueOrDefault(method, SignalTrust.None));
    }

    /// <summary>Learns from one exchange, counted as <see cref="SignalTrust.After"/> does, inside the caller's transaction.</summary>
    public static Task LearnAsync(
        NpgsqlConnection connection, string dataset, CheckMethod method, SignalTrust one, CancellationToken cancellationToken)
    {
        const string Learn = """
            insert into eod.signal_trust as trust (dataset, method, yes_and_there, yes_not_there, no_and_there, no_not_there)
            values ($1, $2, $3, $4, $5, $6)
            on conflict (dataset, method) do update set
                yes_and_there = trust.yes_and_there * $7 + $3, yes_not_there = trust.yes_not_there * $7 + $4,
                no_and_there = trust.no_and_there * $7 + $5, no_not_there = trust.no_not_there * $7 + $6
            """;
        return connection
            .Sql(Learn, dataset, method.ToSql(), one.YesAndThere, one.YesNotThere, one.NoAndThere, one.NoNotThere, SignalTrust.Memory)
            .RunAsync(cancellationToken);
    }
}
