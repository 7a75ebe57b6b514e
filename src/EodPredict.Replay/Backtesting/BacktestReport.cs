using System.Text.Json;
using System.Text.Json.Serialization;
using EodPredict.Replay.Recorded;

namespace EodPredict.Replay.Backtesting;

/// <summary>What a policy did on the scored sessions, beside the usual ways of polling.</summary>
public sealed record BacktestReport
{
    private static readonly JsonSerializerOptions Json =
        new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, DictionaryKeyPolicy = null, WriteIndented = true };

    /// <summary>Sessions scored.</summary>
    public required int Sessions { get; init; }

    /// <summary>Sessions whose data was found.</summary>
    public required int Found { get; init; }

    public required double GetsPerSession { get; init; }

    /// <summary>GETs per session that found nothing.</summary>
    public required double WastedPerSession { get; init; }

    /// <summary>Cheap signals asked per session; null where the provider has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? SignalsPerSession { get; init; }

    public required DelayMinutes DelayMinutes { get; init; }

    /// <summary>GETs, minutes and signals at their prices, per session.</summary>
    public required double Cost { get; init; }

    /// <summary>How the laws compare with the arrivals; null where the policy has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LawCalibration? Calibration { get; init; }

    /// <summary>The usual ways of polling on the same sessions, by name.</summary>
    public required IReadOnlyDictionary<string, PolicyCost> Baselines { get; init; }

    /// <summary>Scores the checks that were made on some sessions.</summary>
    /// <param name="history">All sessions known, oldest first; those before the scored ones feed the quantile rule.</param>
    /// <param name="isScored">Which of them are scored.</param>
    /// <param name="checks">The GETs made, in order of time for each session. Those of other sessions are not counted.</param>
    /// <param name="getCost">The price of a GET.</param>
    /// <param name="delayCostPerMinute">The price of a minute.</param>
    /// <param name="horizon">How long after the close a session is watched.</param>
    public static BacktestReport Of(
        IReadOnlyList<RecordedSession> history, Func<RecordedSession, bool> isScored, IEnumerable<BacktestCheck> checks,
        double getCost, double delayCostPerMinute, TimeSpan horizon)
    {
        var bySession = checks.ToLookup(c => (c.Ticker, c.SessionDate));
        var (gets, found, delays) = (0, 0, new List<double>());
        foreach (var session in history.Where(isScored))
        {
            var made = bySession[(session.Ticker, session.SessionDate)].ToArray();
            gets += made.Length;
            var find = made.FirstOrDefault(c => c.Found);
            found += find.Found ? 1 : 0;
            delays.Add(find.Found && session.Arrival is { } arrival ? (find.At - arrival).TotalMinutes : 0);
        }

        delays.Sort();
        var count = Math.Max(1, delays.Count);
        return new BacktestReport
        {
            Sessions = delays.Count,
            Found = found,
            GetsPerSession = (double)gets / count,
            WastedPerSession = (double)(gets - found) / count,
            DelayMinutes = new DelayMinutes(delays.Sum() / count, Share(0.5), Share(0.95)),
            Cost = ((gets * getCost) + (delays.Sum() * delayCostPerMinute)) / count,
            Baselines = PolicyBaselines.Of(history, isScored, getCost, delayCostPerMinute, horizon),
        };

        double Share(double share) => delays.Count == 0 ? 0 : delays[(int)(share * delays.Count)];
    }

    /// <summary>The report where signals were asked besides.</summary>
    /// <param name="signals">How many per session.</param>
    /// <param name="price">The price of one.</param>
    internal BacktestReport With(double signals, double price) =>
        this with { SignalsPerSession = signals, Cost = Cost + (signals * price) };

    /// <summary>The report as one JSON object with keys in snake_case.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);
}
