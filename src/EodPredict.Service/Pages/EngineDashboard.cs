using System.Globalization;
using EodPredict.Database;
using EodPredict.Jobs;
using EodPredict.Service.Access;
using EodPredict.Service.Pages.Layout;
using EodPredict.Service.Pages.Why;
using Npgsql;

namespace EodPredict.Service.Pages;

/// <summary>What the pages add to the job engine's own dashboard.</summary>
internal static class EngineDashboard
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public static DashboardContent Content { get; } = new(
        // Its own navigation has an entry Jobs already.
        [.. Navigation.Links.Where(link => link.Title != Navigation.Jobs)],
        [
            Figure("open", "Open sessions", "select count(*) from eod.session where state = 'open'"),
            Figure("late", "Late sessions", """
                select count(*) from eod.session
                where state = 'open' and close_at + law_minutes[5] * interval '1 minute' < $1::timestamptz + $2::interval
                """),
            Figure("gets", "GETs in 24 hours",
                "select count(*) from eod.observation where method = 'GET' and sent_at > $1 and sent_at <= $1 + $2"),
            Figure("found", "Found in 24 hours",
                "select count(*) from eod.arrival where recorded_at > $1 and recorded_at <= $1 + $2 and by_at is not null"),
        ],
        key => WhyAddress.IsAbout(key) && long.TryParse(key.Id, CultureInfo.InvariantCulture, out var session)
            ? WhyAddress.Of(session) : null,
        visitor => visitor.MayChange());

    // $1 is a day ago, $2 a day.
    private static DashboardFigure Figure(string name, string title, string sql) => new(name, title, (services, cancellationToken) =>
    {
        var database = services.GetRequiredService<NpgsqlDataSource>();
        object[] day = sql.Contains("$1", StringComparison.Ordinal)
            ? [services.GetRequiredService<TimeProvider>().GetUtcNow() - Day, Day] : [];
        return database.Sql(sql, day).FirstAsync<long>(cancellationToken);
    });
}
