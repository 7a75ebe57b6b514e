using System.Runtime.CompilerServices;
using EodPredict.Database;
using EodPredict.Scraping.Http;
using Npgsql;

namespace EodPredict.Scraping.Storage;

/// <summary>Reads what a job has stored, row by row, whatever its size.</summary>
internal static class StoredItems
{
    public static async IAsyncEnumerable<StoredItem> ReadAsync(
        NpgsqlDataSource database, string job, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = database.Sql(
            """
            select item.item, result.status, result.content_type, result.fetched_at, result.encoding, result.body
            from eod.scrape_result result join eod.scrape_item item using (item_id) join eod.scrape_job job using (job_id)
            where job.name = $1 order by item.item_id
            """, job);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            yield return new StoredItem(
                rows.GetString(0), rows.GetInt16(1), rows.Nullable<string>(2), rows.GetFieldValue<DateTimeOffset>(3),
                StoredBody.Plain(rows.GetFieldValue<byte[]>(5), rows.Nullable<string>(4)));
        }
    }
}
