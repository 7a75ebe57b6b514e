namespace EodPredict.Tests.Orders;

/// <summary>The world outside the database: every id that anybody ever saw, and who. Safe for concurrent use.</summary>
internal sealed class SeenIds
{
    private readonly Dictionary<long, string> _by = [];
    private readonly List<string> _duplicates = [];

    public IReadOnlyList<string> Duplicates => _duplicates;

    public int Count => _by.Count;

    public void See(long id, string by)
    {
        lock (_by)
        {
            if (!_by.TryAdd(id, by))
            {
                _duplicates.Add($"{id} was given to {_by[id]} and to {by}");
            }
        }
    }

    /// <summary>A leased run: its blocks stand for their ids, none of which is in any other block.</summary>
    public void See((long First, long Last) run, string by)
    {
        for (var block = run.First; block <= run.Last; block += 1024)
        {
            See(block, by);
        }
    }

    public void AssertNoneTwice() => Assert.True(_duplicates.Count == 0, string.Join('\n', _duplicates.Take(10)));
}
