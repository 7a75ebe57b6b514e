using EodPredict.Database;
using Npgsql;

namespace EodPredict.Availability;

/// <summary>
/// Counts every GET before it is sent, in the database, so that a day's budget holds over restarts, crashes and processes. A GET that
/// was counted but never sent stays counted. Safe for concurrent use.
/// </summary>
public sealed class GetBudget(NpgsqlDataSource database)
{
    /// <summary>Spends one GET in every scope, or none at all.</summary>
    /// <param name="allowances">The scopes that the GET counts against, each with the day on its own clock and its limit.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <returns>Null when it was spent; else the allowance that has nothing left.</returns>
    public async Task<BudgetAllowance?> TrySpendAsync(IReadOnlyList<BudgetAllowance> allowances, CancellationToken cancellationToken)
    {
        const string Spend = """
            insert into eod.get_budget as budget (scope, day, spent) values ($1, $2, 1)
            on conflict (scope, day) do update set spent = budget.spent + 1 where $3::integer is null or budget.spent < $3
            returning spent
            """;
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);

        // In one order, so that two processes never wait for each other.
        foreach (var allowance in allowances.OrderBy(a => a.Scope, StringComparer.Ordinal))
        {
            if (await connection.Sql(Spend, allowance.Scope, allowance.Day, allowance.Limit).FirstAsync<int?>(cancellationToken) is null)
            {
                return allowance;
            }
        }

        await transaction.CommitAsync(cancellationToken);
        return null;
    }

    /// <summary>How many GETs were spent in this scope on this day.</summary>
    public Task<int> SpentAsync(string scope, DateOnly day, CancellationToken cancellationToken) =>
        database.Sql("select spent from eod.get_budget where scope = $1 and day = $2", scope, day).FirstAsync<int>(cancellationToken);
}
