using EodPredict.Database;
using Npgsql;
using NpgsqlTypes;

namespace EodPredict.Scraping.Storage;

/// <summary>Gives ids to a job, in parts that are committed one by one: given again after a crash, the rest is added.</summary>
internal sealed class NewItems(NpgsqlDataSource database, int job)
{
    private const int Part = 50_000;

    // What is given at once stands together, so that it is a block: others may not add to the same job in between.
    private const string Lock = "select pg_advisory_xact_lock(hashtext('eod.scrape_item'), $1)";

    /// <returns>How many are new.</returns>
    public async Task<long> AddAsync(IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        var added = 0L;
        foreach (var part in ids.Chunk(Part))
        {
            await using var connection = await database.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await connection.Sql(Lock, job).RunAsync(cancellationToken);
            await connection.Sql("create temp table new_item (number serial, item text not null) on commit drop")
                .RunAsync(cancellationToken);
            await CopyAsync(connection, part, cancellationToken);
            added += await KeepAsync(connection, "select item from new_item order by number", [], cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        return added;
    }

    /// <returns>How many are new.</returns>
    public async Task<long> AddAsync(IdRange ids, CancellationToken cancellationToken)
    {
        var added = 0L;
        for (var first = ids.First; first <= ids.Last; first += Part)
        {
            await using var connection = await database.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await connection.Sql(Lock, job).RunAsync(cancellationToken);
            added += await KeepAsync(
                connection, "select number::text as item from generate_series($2::bigint, $3::bigint) as number",
                [first, Math.Min(ids.Last, first + Part - 1)], cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        return added;
    }

    private static async Task CopyAsync(NpgsqlConnection connection, string[] ids, CancellationToken cancellationToken)
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            "copy new_item (item) from stdin (format binary)", cancellationToken);
        foreach (var id in ids)
        {
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(id, NpgsqlDbType.Text, cancellationToken);
        }

        await copy.CompleteAsync(cancellationToken);
    }

    private Task<long> KeepAsync(NpgsqlConnection connection, string select, object[] values, CancellationToken cancellationToken) =>
        connection.Sql(
            $"""
            with added as (
                insert into eod.scrape_item (job_id, item) select $1, item from ({select}) as given
                on conflict (job_id, item) do nothing returning item_id
            ), counted as (
                select count(*) as items, min(item_id) as first, max(item_id) as last from added
            ), block as (
                insert into eod.scrape_block (job_id, first_item, last_item) select $1, first, last from counted where items > 0
            )
            update eod.scrape_job set items = scrape_job.items + counted.items,
                state = case when counted.items > 0 and state = 'done' then 'open' else state end
            from counted where job_id = $1 returning counted.items
            """,
            [job, .. values]).FirstAsync<long>(cancellationToken);
}
