namespace EodPredict.Jobs;

/// <summary>What the service adds to the job engine's dashboard.</summary>
/// <param name="Links">Pages that its navigation leads to.</param>
/// <param name="Figures">Figures of its home page.</param>
/// <param name="PageOf">The path of the page about what a job works on; null where there is none.</param>
public sealed record DashboardContent(
    IReadOnlyList<DashboardLink> Links, IReadOnlyList<DashboardFigure> Figures, Func<JobKey, string?> PageOf);
