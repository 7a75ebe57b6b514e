using System.Data;
using EodPredict.Replay;

namespace EodPredict.Tests.Orders;

/// <summary>A way to give out ids.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="SetUp">SQL that makes what it needs in a new database.</param>
/// <param name="Open">A process of it, from a connection string and the memory that the process has kept.</param>
internal sealed record IdScheme(string Name, string SetUp, Func<string, Dictionary<string, Queue<long>>, IIdSource> Open)
{
    private const string Table = "create table made (id bigint)";

    private static readonly DateTimeOffset Instant = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The product's own, with either authority.</summary>
    public static IReadOnlyList<IdScheme> Good { get; } =
    [
        Product("sequence"), Product("counter"),
    ];

    /// <summary>Eight that give out an id twice; a suite that misses one of them proves nothing.</summary>
    public static IReadOnlyList<IdScheme> Bad { get; } =
    [
        Sql("a bare nextval", "create sequence s", "select nextval('s')"),
        Sql("blocks by INCREMENT", "create sequence s increment 10", "select b + i from nextval('s') b, generate_series(0, 9) i"),
        Sql("nextval with a forced transaction id", "create sequence s",
            "with forced as materialized (select pg_current_xact_id()) select nextval('s') from forced"),
        Sql("a range from min to max", "create sequence s",
            "select generate_series(min(v), max(v)) from (select nextval('s') v from generate_series(1, 500)) taken"),
        new("MAX+1 at read committed", Table, (connection, _) => new MaxPlusOneSource(connection, IsolationLevel.ReadCommitted)),
        new("MAX+1 at repeatable read", Table, (connection, _) => new MaxPlusOneSource(connection, IsolationLevel.RepeatableRead)),
        new("equal worker ids", "select", (_, _) => new SnowflakeSource(worker: 1, new VirtualTimeProvider(Instant))),
        new("a cache keyed by name", "create table blocks (next bigint); insert into blocks values (0)",
            (connection, memory) => new NamedCacheSource(connection, memory)),
    ];

    public override string ToString() => Name;

    private static IdScheme Sql(string name, string setUp, string take) => new(name, setUp, (connection, _) => new SqlSource(connection, take));

    private static IdScheme Product(string authority) => new(
        $"EodPredict, {authority}", $"select eod.use_order_authority('{authority}')", (connection, _) => new ProductSource(connection));
}
