namespace EodPredict.Jobs;

/// <summary>What becomes of a recurring job's runs that fell due while no process was up.</summary>
public enum MissedRuns
{
    /// <summary>One run at the next start, however many were missed.</summary>
    RunOnce,

    /// <summary>None: the job waits for its next time.</summary>
    Skip,
}
