using EodPredict.Availability;
using EodPredict.Database;
using EodPredict.Providers;
using Npgsql;

namespace EodPredict.Service.Pages.Availability;

/// <summary>Reads what the page of availability shows. Safe for concurrent use.</summary>
internal sealed class AvailabilityData(NpgsqlDataSource database, DatasetCatalog datasets, GetBudget budgets, TimeProvider time)
{
    /// <summary>How many tickers a page has.</summary>
    public const int PageSize = 40;

    private const int DatesShown = 30;

    // A ticker that came on none of these has been given up, or is not shown until it comes again.
    private const int LatestDates = 5;

    // The dates are found by the index, one look each.
    private const string Dates = """
        with recursive dated as (
            (select session_date from eod.arrival where dataset = $1 order by session_date desc limit 1)
            union all
            select (
                select a.session_date from eod.arrival a where a.dataset = $1 and a.session_date < d.session_date
                order by a.session_date desc limit 1)
            from dated d where d.session_date is not null
        )
        """;

    /// <summary>Null where there is no such dataset.</summary>
    /// <param name="dataset">Which; empty: the first.</param>
    /// <param name="text">Part of a ticker's name.</param>
    /// <param name="page">From 0.</param>
    /// <param name="cancellationToken">Stops the queries.</param>
    public async Task<AvailabilityContent?> ReadAsync(string dataset, string text, int page, CancellationToken cancellationToken)
    {
        var names = datasets.All.Select(one => one.Name).ToArray();
        if (dataset.Length > 0 && !names.Contains(dataset))
        {
            return null;
        }

        var content = new AvailabilityContent
        {
            Datasets = names, Dataset = dataset.Length > 0 ? dataset : names.FirstOrDefault(""), Text = text, Page = page,
        };
        if (content.Dataset.Length == 0)
        {
            return content;
        }

        var dates = await database.Sql($"{Dates} select session_date from dated where session_date is not null limit $2",
            content.Dataset, DatesShown)
            .ListAsync(row => row.GetFieldValue<DateOnly>(0), cancellationToken);
        content = content with { Dates = [.. dates.Order()], Budgets = await BudgetsAsync(datasets.Get(content.Dataset),
            cancellationToken) };
        return dates.Count == 0 ? content : await ReadAsync(content, cancellationToken);
    }

    private async Task<AvailabilityContent> ReadAsync(AvailabilityContent content, CancellationToken cancellationToken)
    {
        const string Tickers = """
            with fitting as (
                select distinct ticker from eod.arrival
                where dataset = $1 and session_date = any($6) and strpos(lower(ticker), lower($3)) > 0
            ), page as (
                select ticker, count(*) over () as tickers from fitting order by ticker limit $4 offset $5
            )
            select p.ticker, p.tickers, a.session_date, extract(epoch from a.by_at - a.close_at)::float8 / 60,
                a.source = 'check'
            from page p join eod.arrival a on a.dataset = $1 and a.ticker = p.ticker and a.session_date = any($2)
            order by p.ticker, a.session_date
            """;
        var dates = content.Dates.ToArray();
        var latest = dates[^Math.Min(LatestDates, dates.Length)..];
        var cells = await database.Sql(
            Tickers, content.Dataset, dates, content.Text, PageSize, content.Page * PageSize, latest).ListAsync(
            row => (Ticker: row.GetString(0), Tickers: row.GetInt64(1), Date: row.GetFieldValue<DateOnly>(2),
                Minutes: row.Nullable<double?>(3), IsWatched: row.GetBoolean(4)),
            cancellationToken);
        return content with
        {
            AllTickers = cells.Count > 0 ? cells[0].Tickers : 0,
            Tickers = [.. cells.GroupBy(cell => cell.Ticker).Select(ticker =>
            {
                var cells = ticker.ToDictionary(cell => cell.Date, cell => (cell.Minutes, cell.IsWatched));
                return (ticker.Key, Array.ConvertAll(dates, date => cells.GetValueOrDefault(date).Minutes),
                    Array.ConvertAll(dates, date => cells.GetValueOrDefault(date).IsWatched));
            })],
            Days = await DaysAsync(content.Dataset, dates, cancellationToken),
        };
    }

    private async Task<IReadOnlyList<AvailabilityDay>> DaysAsync(string dataset, DateOnly[] dates, CancellationToken cancellationToken)
    {
        const string Kept = """
            select session_date, sessions, found, gets, cron_gets, width_median, width_90
            from eod.session_day where dataset = $1 and session_date = any($2)
            """;
        var kept = await database.Sql(Kept, dataset, dates).ListAsync(Day, cancellationToken);
        var added = await AddUpAsync(dataset, [.. dates.Except(kept.Select(day => day.Date))], dates[^1], cancellationToken);
        return [.. kept.Concat(added).OrderBy(day => day.Date)];
    }

    // Adds up what is not kept yet, and keeps those dates that are over: to add up a month anew for each look takes most of a second.
    private Task<List<AvailabilityDay>> AddUpAsync(
        string dataset, DateOnly[] dates, DateOnly newest, CancellationToken cancellationToken)
    {
        // Sessions and arrivals are added up apart: to join them first takes several times as long.
        const string Days = """
            with cost as (
                select session_date, count(*) as sessions, count(*) filter (where state = 'found') as found, sum(gets) as gets,
                    coalesce(sum(ceil(extract(epoch from coalesce(
                        found_at, case when state = 'open' then $3 else last_not_yet_at end) - close_at) / 1800)), 0)::bigint as cron_gets,
                    bool_and(state <> 'open' and reread_at is null) and session_date < $4 as is_over
                from eod.session where dataset = $1 and session_date = any($2) group by session_date
            ), width as (
                select session_date,
                    percentile_cont(array[0.5, 0.9]) within group (order by extract(epoch from by_at - after_at)::float8 / 60) as minutes
                from eod.arrival where dataset = $1 and session_date = any($2) and source = 'check' and by_at is not null
                group by session_date
            ), day as materialized (
                select c.session_date, c.sessions, c.found, c.gets, c.cron_gets, w.minutes[1] as width_median, w.minutes[2] as width_90,
                    c.is_over
                from cost c left join width w using (session_date)
            ), keep as (
                insert into eod.session_day (dataset, session_date, sessions, found, gets, cron_gets, width_median, width_90)
                select $1, session_date, sessions, found, gets, cron_gets, width_median, width_90 from day where is_over
                on conflict do nothing
            )
            select session_date, sessions, found, gets, cron_gets, width_median, width_90 from day
            """;
        return database.Sql(Days, dataset, dates, time.GetUtcNow(), newest).ListAsync(Day, cancellationToken);
    }

    private static AvailabilityDay Day(NpgsqlDataReader row) => new(
        row.GetFieldValue<DateOnly>(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.Nullable<double?>(5),
        row.Nullable<double?>(6));

    private async Task<List<BudgetDay>> BudgetsAsync(Dataset dataset, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var days = new List<BudgetDay>();
        foreach (var budget in dataset.Budgets)
        {
            days.Add(new BudgetDay(
                budget.Scope, budget.DayOf(now), await budgets.SpentAsync(budget.Scope, budget.DayOf(now), cancellationToken),
                    budget.Gets));
        }

        return days;
    }
}
