namespace EodPredict.Tests;

/// <summary>
/// Tests that run one after another when all others are done: they keep cores busy for so long that the clocks of others would wait,
/// or start processes by the dozen.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
