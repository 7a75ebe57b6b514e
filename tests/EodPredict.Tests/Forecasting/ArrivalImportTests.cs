using EodPredict.Forecasting;
using EodPredict.Tests.Database;

namespace EodPredict.Tests.Forecasting;

public sealed class ArrivalImportTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly DateTimeOffset Close = new(2026, 3, 2, 21, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_second_import_of_the_same_changes_nothing()
    {
        var import = new ArrivalImport(database.DataSource, TestTime.Wall);
        (string, PastArrival)[] arrivals = [Arrival("A", 90), Arrival("B", 95)];
        Assert.Equal(new ArrivalImportCounts(2, 0, 0, 0), await import.ImportAsync("twice", arrivals, CancellationToken.None));
        Assert.Equal(new ArrivalImportCounts(0, 0, 2, 0), await import.ImportAsync("twice", arrivals, CancellationToken.None));
    }

    [Fact]
    public async Task A_later_import_replaces_what_differs_and_tells_how_much()
    {
        var import = new ArrivalImport(database.DataSource, TestTime.Wall);
        await import.ImportAsync("corrected", [Arrival("A", 90), Arrival("B", 95)], CancellationToken.None);
        var counts = await import.ImportAsync(
            "corrected", [Arrival("A", 91), Arrival("B", 95), Arrival("C", null)], CancellationToken.None);
        Assert.Equal(new ArrivalImportCounts(1, 1, 1, 0), counts);

        var known = await new ArrivalHistory(database.DataSource, TestTime.Wall).LoadAsync(
            "corrected", ["A", "C"], new DateOnly(2026, 3, 3), 10, CancellationToken.None);
        Assert.Equal(Arrival("A", 91).Arrival, Assert.Single(known["A"]));
        Assert.Null(Assert.Single(known["C"]).Interval.By);
    }

    [Fact]
    public async Task What_own_checks_revealed_is_kept()
    {
        var history = new ArrivalHistory(database.DataSource, TestTime.Wall);
        await using (var connection = await database.DataSource.OpenConnectionAsync())
        {
            await history.RecordAsync(
                connection, "checked", "A", new DateOnly(2026, 3, 2), Close,
                new ArrivalInterval(TimeSpan.FromMinutes(80), TimeSpan.FromMinutes(99)), CancellationToken.None);
        }

        var counts = await new ArrivalImport(database.DataSource, TestTime.Wall).ImportAsync(
            "checked", [Arrival("A", 90)], CancellationToken.None);
        Assert.Equal(new ArrivalImportCounts(0, 0, 0, 1), counts);
        var known = await history.LoadAsync("checked", ["A"], new DateOnly(2026, 3, 3), 10, CancellationToken.None);
        Assert.Equal(TimeSpan.FromMinutes(99), Assert.Single(known["A"]).Interval.By);
    }

    private static (string Ticker, PastArrival Arrival) Arrival(string ticker, int? minute) =>
        (ticker, new PastArrival(new DateOnly(2026, 3, 2), Close, minute is { } at
            ? new ArrivalInterval(TimeSpan.FromMinutes(at) - TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(at))
            : new ArrivalInterval(TimeSpan.FromHours(48), null)));
}
