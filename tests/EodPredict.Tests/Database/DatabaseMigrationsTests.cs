using EodPredict.Database;

namespace EodPredict.Tests.Database;

public sealed class DatabaseMigrationsTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task Applying_twice_changes_nothing()
    {
        Assert.Equal(0, await DatabaseMigrations.ApplyAsync(database.DataSource, TestTime.Wall, CancellationToken.None));
    }

    [Fact]
    public async Task A_migration_that_was_edited_after_it_was_applied_is_refused()
    {
        await database.ScalarAsync<object>("update eod.migration set sha256 = '\\x00' where name like '0001%'");
        var refusal = await Assert.ThrowsAsync<DatabaseMigrationException>(
            () => DatabaseMigrations.ApplyAsync(database.DataSource, TestTime.Wall, CancellationToken.None));
        Assert.Contains("0001_availability", refusal.Message, StringComparison.Ordinal);
    }
}
