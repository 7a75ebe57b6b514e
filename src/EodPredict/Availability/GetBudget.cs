using EodPredict.Database;
using EodPredict.Providers;
using Npgsql;

namespace EodPredict.Availability;

/// <summary>
/// Counts every GET before it is sent, in the database, so that a day's budget holds over restarts, crashes and processes. A GET that
/// was counted but never sent stays counted. Safe for concurrent use.
/// </summary>
public sealed class GetBudget(NpgsqlDataSource database)
{
    /// <summary>Spends one GET in every budget, or none at all.</summary>
    /// <param name="budgets">Those that the GET is charged to; none always allows it.</param>
    /// <param name="now">The instant that decides which day of each budget it falls on.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <returns>Null when it was spent; else the budget that has nothing left.</returns>
    public async Task<DailyGetBudget?> TrySpendAsync(IReadOnlyList<DailyGetBudget> budgets, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string Spend = """
            insert into eod.get_budget as budget (scope, day, spent) select $1, $2, 1 where $3 > 0
            on conflict (scope, day) do update set spent = budget.spent + 1 where budget.spent < $3
            returning spent
            """;
        if (budgets.Count == 0)
        {
            return null;
        }

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);

        // In one order, so that two processes never wait for each other.
        foreach (var budget in budgets.OrderBy(b => b.Scope, StringComparer.Ordinal))
        {
            if (await connection.Sql(Spend, budget.Scope, budget.DayOf(now), budget.Gets).FirstAsync<int?>(cancellationToken) is null)
            {
                return budget;
            }
        }

        await transaction.CommitAsync(cancellationToken);
        return null;
    }

    /// <summary>How many GETs were spent in this scope on this day.</summary>
    public Task<int> SpentAsync(string scope, DateOnly day, CancellationToken cancellationToken) =>
        database.Sql("select spent from eod.get_budget where scope = $1 and day = $2", scope, day).FirstAsync<int>(cancellationToken);
}
