using EodPredict.Database;
using EodPredict.Jobs;
using EodPredict.Providers;
using Npgsql;

namespace EodPredict.Service.Monitoring;

/// <summary>Reads what is true of the installation, whichever process is asked. Safe for concurrent use.</summary>
internal sealed class InstallationQuery(NpgsqlDataSource database, DatasetCatalog datasets, TimeProvider time, TimeScale scale)
{
    public const string Open = "sessions_open";
    public const string Late = "sessions_late";
    public const string Overdue = "checks_overdue";
    public const string Budget = "budget_gets";
    public const string Left = "budget_gets_left";
    public const string Hold = "provider_hold_seconds";
    public const string Scrapes = "scrapes_open";
    public const string Webhooks = "webhook_calls_waiting";

    // A check is made within seconds of its instant; one that is due for longer waits for something.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>All figures; every configured dataset, provider and budget has its own, be they zero.</summary>
    /// <exception cref="NpgsqlException">The database does not answer.</exception>
    public async Task<IReadOnlyList<InstallationFigure>> ReadAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var figures = new List<InstallationFigure>();
        await AddSessionsAsync(figures, now, cancellationToken);
        await AddBudgetsAsync(figures, now, cancellationToken);
        await AddHoldsAsync(figures, now, cancellationToken);
        figures.Add(new(Scrapes, "", "", await CountAsync("select count(*) from eod.scrape_job where state = 'open'", cancellationToken)));
        figures.Add(new(Webhooks, "", "", await CountAsync("select count(*) from eod.webhook_call", cancellationToken)));
        return figures;
    }

    private async Task AddSessionsAsync(List<InstallationFigure> figures, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string Sessions = """
            select dataset, count(*), count(*) filter (where close_at + law_minutes[5] * interval '1 minute' < $1),
                count(*) filter (where next_check_at < $2)
            from eod.session where state = 'open' group by dataset
            """;
        var read = await database.Sql(Sessions, now, now - (Patience * scale.Speed)).ListAsync(
            row => (Dataset: row.GetString(0), Open: row.GetInt64(1), Late: row.GetInt64(2), Overdue: row.GetInt64(3)), cancellationToken);
        var known = read.ToDictionary(row => row.Dataset);
        foreach (var dataset in datasets.All.Select(dataset => dataset.Name))
        {
            var (_, open, late, overdue) = known.GetValueOrDefault(dataset);
            figures.Add(new(Open, "dataset", dataset, open));
            figures.Add(new(Late, "dataset", dataset, late));
            figures.Add(new(Overdue, "dataset", dataset, overdue));
        }
    }

    private async Task AddBudgetsAsync(List<InstallationFigure> figures, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var budgets = datasets.All.SelectMany(dataset => dataset.Budgets).DistinctBy(budget => budget.Scope).ToList();
        const string Spent = """
            select scope, spent from eod.get_budget join unnest($1::text[], $2::date[]) as today(scope, day) using (scope, day)
            """;
        var spent = (await database.Sql(
            Spent, budgets.Select(budget => budget.Scope).ToArray(), budgets.Select(budget => budget.DayOf(now)).ToArray())
            .ListAsync(row => (Scope: row.GetString(0), Spent: row.GetInt32(1)), cancellationToken)).ToDictionary();
        foreach (var budget in budgets)
        {
            figures.Add(new(Budget, "scope", budget.Scope, budget.Gets));
            figures.Add(new(Left, "scope", budget.Scope, Math.Max(0, budget.Gets - spent.GetValueOrDefault(budget.Scope))));
        }
    }

    private async Task AddHoldsAsync(List<InstallationFigure> figures, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var held = await database.Sql("select provider, until_at from eod.provider_hold where until_at > $1", now).ListAsync(
            row => (Provider: row.GetString(0), Left: (row.GetFieldValue<DateTimeOffset>(1) - now).TotalSeconds), cancellationToken);
        var holds = held.ToDictionary();
        foreach (var provider in datasets.All.Select(dataset => dataset.Provider).Distinct())
        {
            figures.Add(new(Hold, "provider", provider, holds.GetValueOrDefault(provider)));
        }
    }

    private Task<long> CountAsync(string count, CancellationToken cancellationToken) =>
        database.Sql(count).FirstAsync<long>(cancellationToken);
}
