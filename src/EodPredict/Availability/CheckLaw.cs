using EodPredict.Database;
using EodPredict.Forecasting;
using EodPredict.Forecasting.Nowcasting;
using EodPredict.Providers;
using Npgsql;

namespace EodPredict.Availability;

/// <summary>
/// What a check is decided by, for people: the session's law part by part, and its prices. Of each law the minutes since the close by which
/// 5, 25, 50, 75 and 95% have arrived.
/// </summary>
/// <param name="Experts">The law by the experts alone, knowing the session's own checks.</param>
/// <param name="Trees">The same with what the trees know.</param>
/// <param name="Before">The same with what other tickers told: what the check is planned by.</param>
/// <param name="Company">What others told: none, awaited, landed or shift.</param>
/// <param name="TickersWaiting">How many tickers, in expectation, wait for what the check tells, itself included.</param>
/// <param name="GetCost">The price of a GET.</param>
/// <param name="Scarcity">What a GET costs beyond that because the day's budget is short.</param>
/// <param name="MinuteCost">The price of a minute of delay.</param>
public sealed record CheckLaw(
    IReadOnlyList<double> Experts, IReadOnlyList<double> Trees, IReadOnlyList<double> Before, string Company, double TickersWaiting,
    double GetCost, double Scarcity, double MinuteCost)
{
    /// <summary>The law that knows what the check told; null: it was not made yet, or nobody watches on.</summary>
    public IReadOnlyList<double>? After { get; init; }

    internal static CheckLaw Of(Dataset dataset, SessionKnowledge known, double scarcity) => new(
        Quantiles(known.Experts, dataset.Horizon), Quantiles(known.Own, dataset.Horizon), Quantiles(known.Law, dataset.Horizon),
        known.Company.ToString().ToLowerInvariant(), known.TickersWaiting, SessionPlanner.GetCost(dataset), scarcity,
        dataset.DelayCostPerMinute);

    /// <summary>What is kept of a law; the horizon stands for what may never come.</summary>
    internal static double[] Quantiles(ArrivalLaw law, TimeSpan horizon) =>
        [.. SessionPlanner.ShownQuantiles.Select(q => (law.Quantile(q) ?? horizon).TotalMinutes)];

    /// <summary>Those of the calls of one session that decided a check, by the call's number.</summary>
    public static async Task<IReadOnlyDictionary<long, CheckLaw>> OfSessionAsync(
        NpgsqlDataSource database, string dataset, string ticker, DateOnly sessionDate, CancellationToken cancellationToken)
    {
        const string Laws = """
            select observation_id, l.experts, l.trees, l.before, l.after, l.company, l.tickers_waiting, l.get_cost, l.scarcity, l.minute_cost
            from eod.observation o join eod.check_law l using (observation_id)
            where o.dataset = $1 and o.ticker = $2 and o.session_date = $3
            """;
        var laws = await database.Sql(Laws, dataset, ticker, sessionDate).ListAsync(
            row => (Id: row.GetInt64(0), Law: new CheckLaw(
                row.GetFieldValue<double[]>(1), row.GetFieldValue<double[]>(2), row.GetFieldValue<double[]>(3), row.GetString(5),
                row.GetDouble(6), row.GetDouble(7), row.GetDouble(8), row.GetDouble(9)) { After = row.Nullable<double[]>(4) }),
            cancellationToken);
        return laws.ToDictionary(one => one.Id, one => one.Law);
    }

    /// <summary>Writes it beside the call that decided, inside the caller's transaction.</summary>
    internal Task WriteAsync(NpgsqlConnection connection, long observationId, CancellationToken cancellationToken) =>
        connection.Sql(
            "insert into eod.check_law values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)", observationId,
            Experts.ToArray(), Trees.ToArray(), Before.ToArray(), After?.ToArray(), Company, TickersWaiting, GetCost, Scarcity, MinuteCost)
            .RunAsync(cancellationToken);
}
