using System.Transactions;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EodPredict.Hangfire;

/// <summary>
/// Asks the database until it answers. What a run asks before its body must not fail with a restart of PostgreSQL: Hangfire would take
/// the job for failed, and nobody would run it again. Safe for concurrent use.
/// </summary>
internal sealed partial class DatabasePatience(ILogger<DatabasePatience> logger)
{
    /// <summary>Repeats <paramref name="ask"/> every second while it fails for reasons of the connection or the server.</summary>
    public T UntilAnswered<T>(Func<T> ask, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return ask();
            }
            catch (Exception e) when (e is NpgsqlException or TransactionException or TimeoutException)
            {
                if (tries == 1)
                {
                    NoAnswer(logger, e.Message);
                }

                cancellationToken.WaitHandle.WaitOne(EngineTimings.Retry);
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A due job waits for the database and asks again every second. {Reason}")]
    private static partial void NoAnswer(ILogger logger, string reason);
}
