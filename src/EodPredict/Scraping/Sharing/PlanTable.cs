namespace EodPredict.Scraping.Sharing;

/// <summary>The plan that holds and those that follow it, each from its begin on. Not thread-safe.</summary>
internal sealed class PlanTable
{
    private readonly List<SharePlan> _plans = [];

    /// <summary>The last plan known; null before the first.</summary>
    public SharePlan? Last => _plans.Count > 0 ? _plans[^1] : null;

    /// <summary>A new plan, which replaces all that begin when it does or later.</summary>
    public void Add(SharePlan plan)
    {
        _plans.RemoveAll(other => other.Begins >= plan.Begins);
        _plans.Add(plan);
    }

    public void Clear() => _plans.Clear();

    /// <summary>Whether a participant has slots in one of them.</summary>
    public bool MaySend(Participant who) => _plans.Exists(plan => plan.PaceOf(who) > 0);

    /// <summary>The plan that holds at an instant; null where none does.</summary>
    public SharePlan? At(long at)
    {
        while (_plans.Count > 1 && _plans[1].Begins <= at)
        {
            _plans.RemoveAt(0);
        }

        return _plans.Count > 0 && _plans[0].Begins <= at ? _plans[0] : null;
    }

    /// <summary>The first slot of a participant after an instant; null where it has none.</summary>
    public long? SlotAfter(Participant who, long at)
    {
        for (var i = 0; i < _plans.Count; i++)
        {
            if (_plans[i].SlotAfter(who, at) is { } slot && slot < End(i))
            {
                return slot;
            }
        }

        return null;
    }

    /// <summary>The slots of all but one participant after an instant and up to another.</summary>
    public IEnumerable<long> SlotsOfOthers(Participant who, long after, long until)
    {
        for (var i = 0; i < _plans.Count; i++)
        {
            foreach (var slot in _plans[i].SlotsOfOthers(who, after, Math.Min(until, End(i) - 1)))
            {
                yield return slot;
            }
        }
    }

    private long End(int plan) => plan + 1 < _plans.Count ? _plans[plan + 1].Begins : long.MaxValue;
}
