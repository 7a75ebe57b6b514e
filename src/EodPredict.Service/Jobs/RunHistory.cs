using EodPredict.Database;
using Npgsql;

namespace EodPredict.Service.Jobs;

/// <summary>What ran, of all kinds, from the service's own tables: whichever engine ran it, and for good. Safe for concurrent use.</summary>
internal sealed class RunHistory(NpgsqlDataSource database)
{
    /// <summary>The kind of a call for a session.</summary>
    public const string Check = "check";

    /// <summary>The kind of a run of a scraping job.</summary>
    public const string Scrape = "scrape";

    // Each kind by its own index, as many as the page has; then they are merged. A ticker's calls are found by its key in each dataset.
    private const string Runs = """
        with recursive dataset as (
            (select dataset from eod.session order by dataset limit 1)
            union all
            select (select s.dataset from eod.session s where s.dataset > d.dataset order by s.dataset limit 1)
            from dataset d where d.dataset is not null
        ), called as (
            (select o.* from eod.observation o
             where $1 = '' and $2 in ('', 'check') and o.sent_at < $3 order by o.sent_at desc limit $4)
            union all
            (select o.* from dataset d cross join lateral (
                select * from eod.observation o where o.dataset = d.dataset and o.ticker in ($1, upper($1)) offset 0) o
             where $1 <> '' and $2 in ('', 'check') and o.sent_at < $3 order by o.sent_at desc limit $4)
            union all
            (select o.* from eod.observation o
             where $1 in (select d.dataset from dataset d) and $2 in ('', 'check') and o.dataset = $1 and o.sent_at < $3
             order by o.sent_at desc limit $4)
        ), ran as (
            (select 'check' as kind,
                concat_ws(' ', case when method = 'GET' then 'Check' else method || ' for' end, coalesce(ticker, dataset), session_date) as title,
                dataset, ticker, session_date, sent_at as began_at, finished_at as ended_at, outcome, reason, false as is_by_hand
             from called)
            union all
            (select r.kind, coalesce(j.title, r.kind || ' ' || r.id), null, null, null, r.began_at, r.ended_at, r.outcome, r.reason, r.is_by_hand
             from eod.recurring_run r left join eod.recurring_job j using (kind, id)
             where $2 in ('', r.kind) and ($1 = '' or r.id = $1) and r.began_at < $3 order by r.began_at desc limit $4)
            union all
            (select 'scrape', 'Scrape ' || j.name, null, null, null, r.began_at, r.ended_at, r.outcome,
                case when r.ended_at is null then r.reason else concat_ws(' ',
                    format('%s stored, %s failed; %s of %s requests refused.', r.stored, r.failed, r.refused, r.attempts), r.reason) end,
                not j.is_served
             from eod.scrape_run r join eod.scrape_job j using (job_id)
             where $2 in ('', 'scrape') and strpos(lower(j.name), lower($1)) > 0 and r.began_at < $3 order by r.began_at desc limit $4)
        )
        select kind, title, dataset, ticker, session_date, began_at, ended_at, outcome, reason, is_by_hand from ran
        order by began_at desc limit $4
        """;

    /// <summary>A page of those that fit.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="rows">How many a page has.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<RunPage> ReadAsync(RunFilter filter, int rows, CancellationToken cancellationToken)
    {
        var runs = await database.Sql(Runs, filter.Text, filter.Kind, filter.Before?.ToUniversalTime() ?? DateTimeOffset.MaxValue, rows + 1)
            .ListAsync(
                row => new RunEntry(
                    row.GetString(0), row.GetString(1), row.Nullable<string>(2), row.Nullable<string>(3), row.Nullable<DateOnly?>(4),
                    row.GetFieldValue<DateTimeOffset>(5), row.Nullable<DateTimeOffset?>(6), row.Nullable<string>(7),
                    row.Nullable<string>(8), row.GetBoolean(9)),
                cancellationToken);
        return runs.Count > rows ? new RunPage(runs[..rows], runs[rows - 1].BeganAt) : new RunPage(runs, null);
    }

    /// <summary>The kinds that there are.</summary>
    public async Task<IReadOnlyList<string>> KindsAsync(CancellationToken cancellationToken) =>
        [Check, Scrape, .. await database.Sql("select distinct kind from eod.recurring_job order by kind")
            .ListAsync(row => row.GetString(0), cancellationToken)];
}
