using EodPredict.Database;
using EodPredict.Forecasting.Nowcasting;
using Npgsql;

namespace EodPredict.Forecasting;

/// <summary>
/// Which tickers go together, as one process found and all use: <c>eod.companion</c> and <c>eod.companion_look</c>. Safe for concurrent use.
/// </summary>
public sealed class CompanyStore(NpgsqlDataSource database)
{
    private const string Batch = "batch";
    private const string Group = "group";

    /// <summary>Who goes together in a dataset.</summary>
    internal async Task<IReadOnlyList<CompanyTie>> LoadAsync(string dataset, CancellationToken cancellationToken) =>
        await database.Sql("select kind, first_ticker, ticker, trust from eod.companion where dataset = $1", dataset).ListAsync(
            reader => new CompanyTie(
                reader.GetString(0) == Batch ? CompanyKind.Batch : CompanyKind.Group,
                reader.GetString(1), reader.GetString(2), reader.GetDouble(3)),
            cancellationToken);

    /// <summary>Counts a session date, once whoever opens it, and tells whether it is time to look.</summary>
    /// <remarks>A dataset of which nothing was counted before begins with the dates of its history.</remarks>
    internal async Task<CompanyLooks> OpeningAsync(string dataset, DateOnly sessionDate, CancellationToken cancellationToken)
    {
        const string Begin = """
            insert into eod.companion_look (dataset, dates, latest, next_look)
            select $1, count(distinct session_date), coalesce(max(session_date), '-infinity'), $3
            from eod.arrival where dataset = $1 and session_date < $2
            on conflict (dataset) do nothing
            """;
        const string Count = "update eod.companion_look set dates = dates + 1, latest = $2 where dataset = $1 and latest < $2";
        const string Read = "select dates, latest, next_look from eod.companion_look where dataset = $1";
        if (await database.Sql(Count, dataset, sessionDate).RunAsync(cancellationToken) == 0)
        {
            await database.Sql(Begin, dataset, sessionDate, CompanyLooks.None.Next).RunAsync(cancellationToken);
            await database.Sql(Count, dataset, sessionDate).RunAsync(cancellationToken);
        }

        var rows = await database.Sql(Read, dataset).ListAsync(
            reader => new CompanyLooks(reader.GetInt32(0), reader.GetFieldValue<DateOnly>(1), reader.GetInt32(2)), cancellationToken);
        return rows[0];
    }

    /// <summary>Keeps what was found, unless another process has looked meanwhile.</summary>
    internal async Task<bool> SaveAsync(
        string dataset, CompanyLooks looks, IReadOnlyList<CompanyTie> ties, CancellationToken cancellationToken)
    {
        const string Looked = """
            update eod.companion_look set next_look = $3, version = version + 1 where dataset = $1 and next_look = $2
            """;
        const string Forget = """
            delete from eod.companion as known where dataset = $1 and not exists (
                select from unnest($2::text[], $3::text[], $4::text[]) as found(kind, first_ticker, ticker)
                where (found.kind, found.first_ticker, found.ticker) = (known.kind, known.first_ticker, known.ticker))
            """;
        const string Keep = """
            insert into eod.companion as known (dataset, kind, first_ticker, ticker, trust, since)
            select $1, kind, first_ticker, ticker, trust, $6
            from unnest($2::text[], $3::text[], $4::text[], $5::double precision[]) as found(kind, first_ticker, ticker, trust)
            on conflict (dataset, kind, ticker) do update set trust = excluded.trust
            """;
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await connection.Sql(Looked, dataset, looks.Next, looks.Done().Next).RunAsync(cancellationToken) == 0)
        {
            return false;
        }

        var (kinds, companies, tickers, trusts) = Columns(ties);
        await connection.Sql(Forget, dataset, kinds, companies, tickers).RunAsync(cancellationToken);
        await connection.Sql(Keep, dataset, kinds, companies, tickers, trusts, looks.Latest).RunAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>Keeps how far each ticker's company is trusted by now.</summary>
    internal Task SaveTrustAsync(string dataset, IReadOnlyList<CompanyTie> ties, CancellationToken cancellationToken)
    {
        const string Trust = """
            update eod.companion as known set trust = found.trust
            from unnest($2::text[], $3::text[], $4::text[], $5::double precision[]) as found(kind, first_ticker, ticker, trust)
            where dataset = $1 and (found.kind, found.first_ticker, found.ticker) = (known.kind, known.first_ticker, known.ticker)
              and known.trust <> found.trust
            """;
        var (kinds, companies, tickers, trusts) = Columns(ties);
        return ties.Count == 0
            ? Task.CompletedTask
            : database.Sql(Trust, dataset, kinds, companies, tickers, trusts).RunAsync(cancellationToken);
    }

    private static (string[] Kinds, string[] Companies, string[] Tickers, double[] Trusts) Columns(IReadOnlyList<CompanyTie> ties) => (
        [.. ties.Select(t => t.Kind == CompanyKind.Batch ? Batch : Group)], [.. ties.Select(t => t.Company)],
        [.. ties.Select(t => t.Ticker)], [.. ties.Select(t => t.Trust)]);
}
