using EodPredict.Database;
using EodPredict.Forecasting;
using EodPredict.Providers;
using EodPredict.Providers.Calendars;
using Npgsql;

namespace EodPredict.Availability;

/// <summary>
/// What a GET of a dataset costs beyond its price because a day's budget is short, reckoned anew every minute while checks are planned, by
/// one process for all. Safe for concurrent use.
/// </summary>
internal sealed class BudgetScarcity(
    NpgsqlDataSource database, DatasetCatalog datasets, MarketCalendars calendars, SignalTrustStore trusts, TimeProvider time)
{
    private const int SampleSize = 64;

    private static readonly TimeSpan BetweenPrices = TimeSpan.FromMinutes(1);

    /// <summary>What it costs now, in the unit of the dataset's prices; of several budgets the scarcest counts.</summary>
    public async Task<double> OfAsync(Dataset dataset, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var dearest = 0.0;
        foreach (var budget in dataset.Budgets)
        {
            var (price, at) = await KnownAsync(database, budget, now, cancellationToken);
            var isFresh = at <= now && at >= now - BetweenPrices;
            dearest = Math.Max(dearest, isFresh ? price : await PriceAsync(budget, now, cancellationToken) ?? price);
        }

        return dearest;
    }

    /// <summary>What it cost when it was last reckoned.</summary>
    public static async Task<double> KnownAsync(
        NpgsqlDataSource database, Dataset dataset, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var dearest = 0.0;
        foreach (var budget in dataset.Budgets)
        {
            dearest = Math.Max(dearest, (await KnownAsync(database, budget, now, cancellationToken)).Price);
        }

        return dearest;
    }

    private static async Task<(double Price, DateTimeOffset? At)> KnownAsync(
        NpgsqlDataSource database, DailyGetBudget budget, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string Known = "select scarcity, priced_at from eod.get_budget where scope = $1 and day = $2";
        var rows = await database.Sql(Known, budget.Scope, budget.DayOf(now)).ListAsync(
            row => (Price: row.GetDouble(0), At: row.Nullable<DateTimeOffset?>(1)), cancellationToken);
        return rows is [var known] ? known : (0, null);
    }

    // Null where another process is at it.
    private async Task<double?> PriceAsync(DailyGetBudget budget, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Whoever sets the time does the work; who comes meanwhile goes on with the price before. Every GET counts in the same row, so
        // that it is locked only when the price is due.
        const string Claim = """
            insert into eod.get_budget as budget (scope, day, spent, priced_at) values ($1, $2, 0, $3)
            on conflict (scope, day) do update set priced_at = $3
                where budget.priced_at is null or budget.priced_at not between $4 and $3
            returning spent
            """;
        var claimed = await database.Sql(Claim, budget.Scope, budget.DayOf(now), now, now - BetweenPrices)
            .ListAsync(reader => reader.GetInt32(0), cancellationToken);
        if (claimed is not [var spent])
        {
            return null;
        }

        var scope = datasets.All.Where(dataset => dataset.Budgets.Any(other => other.Scope == budget.Scope)).ToArray();
        var (sample, open) = await SampleAsync(scope, now, budget.NextDayAfter(now), cancellationToken);
        var price = BudgetPrice.Of(
            budget.Gets - spent, scope.Max(SessionPlanner.GetCost), sample, open / Math.Max(1.0, sample.Count),
            scope.Sum(dataset => Coming(dataset, now, budget.NextDayAfter(now))));
        await database.Sql("update eod.get_budget set scarcity = $3 where scope = $1 and day = $2", budget.Scope, budget.DayOf(now), price)
            .RunAsync(cancellationToken);
        return price;
    }

    // Open sessions by what is kept of their laws, and how many there are in all.
    private async Task<(IReadOnlyList<SessionDemand> Sample, long Open)> SampleAsync(
        Dataset[] scope, DateTimeOffset now, DateTimeOffset dayEnds, CancellationToken cancellationToken)
    {
        const string Open = """
            with batch as (
                select dataset, ticker, count(*) over (partition by dataset, first_ticker) as tickers
                from eod.companion where kind = 'batch' and trust >= 0.5 and dataset = any($1))
            select dataset, session.close_at, coalesce(session.law_minutes, '{}'), session.last_not_yet_at, coalesce(batch.tickers, 1),
                count(*) over ()
            from eod.session left join batch using (dataset, ticker)
            where session.state = 'open' and dataset = any($1)
            order by session.session_id % 997, session.session_id limit $2
            """;
        var prices = new Dictionary<string, CheckPrices>();
        foreach (var dataset in scope)
        {
            prices[dataset.Name] = SessionPlanner.Prices(dataset, await trusts.OfAsync(dataset, cancellationToken));
        }

        var byName = scope.ToDictionary(dataset => dataset.Name);
        var open = 0L;
        var sample = await database.Sql(Open, scope.Select(dataset => dataset.Name).ToArray(), SampleSize).ListAsync(
            reader =>
            {
                open = reader.GetInt64(5);
                var (dataset, close) = (byName[reader.GetString(0)], reader.GetFieldValue<DateTimeOffset>(1));
                var law = ArrivalLaw.FromQuantiles(SessionPlanner.ShownQuantiles, reader.GetFieldValue<double[]>(2))
                    ?? ArrivalPrior.Of(dataset);
                if (reader.Nullable<DateTimeOffset?>(3) is { } notYet)
                {
                    law = law.GivenNotBy(notYet - close);
                }

                var limits = new PlanningLimits(now > close ? now - close : TimeSpan.Zero, dataset.Horizon) { Deadline = dataset.Deadline };
                return new SessionDemand(law, prices[dataset.Name], limits, dayEnds - close, (int)reader.GetInt64(4));
            },
            cancellationToken);
        return (sample, open);
    }

    // How many sessions of a dataset close before the day ends.
    private int Coming(Dataset dataset, DateTimeOffset now, DateTimeOffset dayEnds)
    {
        var count = 0;
        foreach (var tickers in dataset.Tickers.GroupBy(ticker => ticker.Calendar))
        {
            try
            {
                count += calendars.Get(tickers.Key).NextClosingAfter(now).Close < dayEnds ? tickers.Count() : 0;
            }
            catch (UnknownCalendarYearException)
            {
                // Its sessions are not opened either, which the opening reports.
            }
        }

        return count;
    }
}
