using System.Globalization;
using System.Text.Json;
using EodPredict.Database;
using Npgsql;

namespace EodPredict.Scraping.Sharing;

/// <summary>One participant's exchanges with the others through the database, and the news that it hears. Safe for concurrent use.</summary>
internal sealed class EndpointExchange(NpgsqlDataSource database, string endpoint, Participant self, TimeProvider wall)
{
    // A database that takes longer is away.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Makes one exchange.</summary>
    /// <returns>Null where the database is away.</returns>
    public async Task<ShareAnswer?> ExchangeAsync(ShareRequest request, CancellationToken cancellationToken)
    {
        const string Exchange = """
            select at, leader, leader_job, until, known_plan::text, others::text, others_attempts
            from eod.exchange_share($1, $2, $3, $4, $5, $6::jsonb, $7, $8::jsonb, $9, $10, $11, $12, $13)
            """;
        using var patience = new CancellationTokenSource(Longest, wall);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await using var command = database.Sql(
                Exchange, endpoint, self.Worker, self.Job, request.Report.IsBounded, request.Report.Wants != 0,
                JsonSerializer.Serialize(request.Report, Json), AttemptLog.Bytes(request.Attempts),
                request.Plan is { } plan ? JsonSerializer.Serialize(plan, Json) : null,
                request.MayLead, request.Resigns, request.News?.ToString(), ShareTerms.Lease, ShareTerms.Silence);
            await using var row = await command.ExecuteReaderAsync(either.Token);
            return await row.ReadAsync(either.Token) ? Read(row) : null;
        }
        catch (Exception e) when (IsAway(e))
        {
            return null;
        }
    }

    /// <summary>Lets the others have its share; where the database is away they find out by themselves.</summary>
    public async Task LeaveAsync(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Longest, wall);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await database.Sql("select eod.leave_share($1, $2, $3)", endpoint, self.Worker, self.Job).RunAsync(either.Token);
        }
        catch (Exception e) when (IsAway(e))
        {
            // Its lease ends in any case.
        }
    }

    /// <summary>Hears the others' news until it is cancelled, whatever becomes of the database meanwhile.</summary>
    public async Task ListenAsync(Action<ShareNews> hear, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await database.OpenConnectionAsync(cancellationToken);
                connection.Notification += (_, heard) => Hear(heard.Payload, hear);
                await connection.Sql("select eod.listen_to_share($1)", endpoint).RunAsync(cancellationToken);
                while (true)
                {
                    await connection.WaitAsync(cancellationToken);
                }
            }
            catch (Exception e) when (IsAway(e))
            {
                await Task.Delay(Pause, wall, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Hear(string payload, Action<ShareNews> hear)
    {
        if (payload.Split('/') is [var worker, var job, var news]
            && (worker, job) != (self.Worker.ToString(CultureInfo.InvariantCulture), self.Job.ToString(CultureInfo.InvariantCulture))
            && Enum.TryParse<ShareNews>(news, out var heard))
        {
            hear(heard);
        }
    }

    private static bool IsAway(Exception e) =>
        e is not PostgresException { IsTransient: false }
        && e is NpgsqlException or OperationCanceledException or TimeoutException or IOException;

    private static ShareAnswer Read(NpgsqlDataReader row)
    {
        Participant? leader = row.Nullable<int?>(1) is { } worker ? new(worker, row.GetInt32(2)) : null;
        var plan = row.Nullable<string>(4) is { } text ? JsonSerializer.Deserialize<SharePlan>(text, Json) : null;
        if (row.Nullable<string>(5) is not { } others)
        {
            return new(row.GetInt64(0), leader, row.Nullable<long?>(3) ?? 0, plan, []);
        }

        var attempts = row.GetFieldValue<byte[][]>(6);
        var told = JsonSerializer.Deserialize<ToldParticipant[]>(others, Json)!;
        return new(row.GetInt64(0), leader, row.GetInt64(3), plan, [.. told.Select((one, place) => new OtherParticipant(
            new(one.Worker, one.Job), one.SeenAt, one.Lives, one.Report, AttemptLog.FromBytes(attempts[place])))]);
    }

    private sealed record ToldParticipant(int Worker, int Job, long SeenAt, bool Lives, ShareReport Report);
}
