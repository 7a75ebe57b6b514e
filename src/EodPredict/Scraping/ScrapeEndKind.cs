namespace EodPredict.Scraping;

/// <summary>How a run may end.</summary>
public enum ScrapeEndKind
{
    /// <summary>Every item is stored or has failed.</summary>
    Done,

    /// <summary>It was asked to stop: paused, cancelled or interrupted. What is left waits.</summary>
    Stopped,

    /// <summary>It cannot go on without somebody's help. What is left waits.</summary>
    GaveUp,

    /// <summary>This process runs the job already.</summary>
    Elsewhere,
}
