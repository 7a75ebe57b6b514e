namespace EodPredict.Jobs;

/// <summary>What a job engine is told; the section <c>Eod:Jobs</c>.</summary>
public sealed class JobEngineOptions
{
    /// <summary>How many jobs one process runs at a time; from 1 to 500. The default is 20.</summary>
    public int Workers { get; set; } = 20;
}
