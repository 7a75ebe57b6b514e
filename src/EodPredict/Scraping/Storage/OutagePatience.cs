using Npgsql;

namespace EodPredict.Scraping.Storage;

/// <summary>
/// Asks the database again for a while when it is away. Only for statements that may be made twice. Safe for concurrent use.
/// </summary>
internal sealed class OutagePatience(TimeProvider wall)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <exception cref="NpgsqlException">It was away for too long, or refuses.</exception>
    public async Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        var began = wall.GetTimestamp();
        while (true)
        {
            try
            {
                return await ask();
            }
            catch (NpgsqlException e) when (e is not PostgresException { IsTransient: false } && wall.GetElapsedTime(began) < Longest)
            {
                await Task.Delay(Pause, wall, cancellationToken);
            }
        }
    }
}
