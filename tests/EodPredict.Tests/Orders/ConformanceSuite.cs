namespace EodPredict.Tests.Orders;

/// <summary>What any way to give out ids is put through.</summary>
internal sealed class ConformanceSuite(OrderServer server)
{
    private const int Processes = 8;
    private const int Rounds = 12;
    private const int LoggedAhead = 40;

    private const string Database = "conformance";

    /// <summary>All exercises, each in a new database, until one has found an id that was given out twice.</summary>
    public async Task<SeenIds> RunAsync(IdScheme scheme)
    {
        foreach (var exercise in new[] { TogetherAsync, CrashAsync, DropAndRecreateAsync })
        {
            var seen = new SeenIds();
            await MakeDatabaseAsync(scheme);
            await exercise(scheme, seen);
            if (seen.Duplicates.Count > 0)
            {
                return seen;
            }
        }

        return new SeenIds();
    }

    // Many processes at the same time, in step.
    private async Task TogetherAsync(IdScheme scheme, SeenIds seen)
    {
        var sources = Enumerable.Range(0, Processes).Select(_ => scheme.Open(server.ConnectionString(Database), [])).ToList();
        for (var round = 0; round < Rounds && seen.Duplicates.Count == 0; round++)
        {
            var taken = await Task.WhenAll(sources.Select(source => Task.Run(source.TakeAsync)));
            foreach (var (ids, process) in taken.Select((ids, process) => (ids, process)))
            {
                See(seen, ids, $"process {process}");
            }
        }

        await EndAsync(sources);
    }

    // The server dies while an open transaction holds the log record of what was taken last.
    private async Task CrashAsync(IdScheme scheme, SeenIds seen)
    {
        var (before, beside) = (Open(scheme), Open(scheme));
        for (var value = 0; value < LoggedAhead; value++)
        {
            See(seen, await before.TakeAsync(), "before");
        }

        await server.RunAsync("checkpoint", Database);
        await using (var transaction = await server.OpenAsync(Database))
        {
            if ((await transaction.RowsAsync("select 1 from pg_class where relname = 's'", row => row.GetInt32(0))).Count > 0)
            {
                await transaction.RunAsync("begin; select nextval('s')");
            }

            See(seen, await beside.TakeAsync(), "beside an open transaction");
            See(seen, await beside.TakeAsync(), "beside an open transaction");
            await server.KillAsync();
        }

        await server.StartAsync();
        await EndAsync([before, beside]);
        var after = Open(scheme);
        for (var take = 0; take < 4; take++)
        {
            See(seen, await after.TakeAsync(), "after the crash");
        }

        await EndAsync([after]);
    }

    // The database is made anew under its old name; a process goes on with what it remembers, and another begins.
    private async Task DropAndRecreateAsync(IdScheme scheme, SeenIds seen)
    {
        var memory = new Dictionary<string, Queue<long>>();
        var source = scheme.Open(server.ConnectionString(Database), memory);
        See(seen, await source.TakeAsync(), "before the drop");
        await EndAsync([source]);
        await server.RunAsync($"drop database {Database} with (force)", "postgres");
        await MakeDatabaseAsync(scheme);
        var (old, fresh) = (scheme.Open(server.ConnectionString(Database), memory), Open(scheme));
        for (var take = 0; take < 12; take++)
        {
            See(seen, await old.TakeAsync(), "a process that remembers");
            See(seen, await fresh.TakeAsync(), "a new process");
        }

        await EndAsync([old, fresh]);
    }

    private IIdSource Open(IdScheme scheme) => scheme.Open(server.ConnectionString(Database), []);

    private async Task MakeDatabaseAsync(IdScheme scheme)
    {
        await server.RunAsync($"drop database if exists {Database} with (force)", "postgres");
        await server.RunAsync($"create database {Database}", "postgres");
        await server.MigrateAsync(Database);
        await server.RunAsync(scheme.SetUp, Database);
    }

    private static void See(SeenIds seen, IReadOnlyList<long> ids, string by)
    {
        foreach (var id in ids)
        {
            seen.See(id, by);
        }
    }

    private static async Task EndAsync(IEnumerable<IIdSource> sources)
    {
        foreach (var source in sources)
        {
            await source.DisposeAsync();
        }
    }
}
