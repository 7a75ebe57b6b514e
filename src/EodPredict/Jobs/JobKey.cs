namespace EodPredict.Jobs;

/// <summary>What a job is for: the kind of work and the id of what it works on. Never more than ids: a key is stored and shown.</summary>
/// <param name="Kind">A registered kind, such as <c>check</c>.</param>
/// <param name="Id">The id that the kind's body understands.</param>
public readonly record struct JobKey(string Kind, string Id)
{
    public override string ToString() => $"{Kind}:{Id}";
}
