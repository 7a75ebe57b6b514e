using EodPredict.Availability;
using EodPredict.Providers;
using EodPredict.Tests.Database;
using NodaTime;

namespace EodPredict.Tests.Availability;

public sealed class GetBudgetTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly DateOnly Day = new(2026, 11, 20);
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Many_processes_together_never_spend_more_than_the_limit()
    {
        var daily = Budget("contended", 25);
        var budgets = Enumerable.Range(0, 4).Select(_ => new GetBudget(database.DataSource)).ToList();

        var spent = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => budgets[i % 4].TrySpendAsync([daily], Noon, CancellationToken.None)));

        Assert.Equal(25, spent.Count(refusal => refusal is null));
        Assert.Equal(25, await budgets[0].SpentAsync("contended", Day, CancellationToken.None));
    }

    [Fact]
    public async Task A_GET_counts_in_every_scope_or_in_none()
    {
        var budget = new GetBudget(database.DataSource);
        var provider = Budget("both", 10);
        var dataset = Budget("both/set", 1);

        Assert.Null(await budget.TrySpendAsync([provider, dataset], Noon, CancellationToken.None));
        Assert.Equal(dataset, await budget.TrySpendAsync([provider, dataset], Noon, CancellationToken.None));
        Assert.Equal(1, await budget.SpentAsync("both", Day, CancellationToken.None));
    }

    [Fact]
    public async Task A_new_day_begins_with_the_whole_budget()
    {
        var budget = new GetBudget(database.DataSource);
        var today = Budget("daily", 1);

        Assert.Null(await budget.TrySpendAsync([today], Noon, CancellationToken.None));
        Assert.NotNull(await budget.TrySpendAsync([today], Noon, CancellationToken.None));
        Assert.Null(await budget.TrySpendAsync([today], Noon.AddDays(1), CancellationToken.None));
    }

    [Fact]
    public async Task The_day_is_the_one_of_the_providers_own_clock()
    {
        var budget = new GetBudget(database.DataSource);
        var tokyo = new DailyGetBudget("zoned", 1, DateTimeZoneProviders.Tzdb["Asia/Tokyo"]);

        Assert.Null(await budget.TrySpendAsync([tokyo], Noon, CancellationToken.None));
        Assert.Equal(tokyo, await budget.TrySpendAsync([tokyo], Noon.AddHours(2.9), CancellationToken.None));
        Assert.Null(await budget.TrySpendAsync([tokyo], Noon.AddHours(3), CancellationToken.None));
    }

    [Fact]
    public async Task A_budget_of_nothing_allows_nothing() =>
        Assert.NotNull(await new GetBudget(database.DataSource).TrySpendAsync([Budget("nothing", 0)], Noon, CancellationToken.None));

    private static DailyGetBudget Budget(string scope, int gets) => new(scope, gets, DateTimeZone.Utc);
}
