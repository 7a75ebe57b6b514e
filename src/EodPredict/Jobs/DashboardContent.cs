using System.Security.Claims;

namespace EodPredict.Jobs;

/// <summary>What the service adds to the job engine's dashboard.</summary>
/// <param name="Links">Pages that its navigation leads to.</param>
/// <param name="Figures">Figures of its home page.</param>
/// <param name="PageOf">The path of the page about what a job works on; null where there is none.</param>
/// <param name="MayChange">Whether somebody may also press its buttons. Who may see it, the service's routing decides.</param>
public sealed record DashboardContent(
    IReadOnlyList<DashboardLink> Links, IReadOnlyList<DashboardFigure> Figures, Func<JobKey, string?> PageOf,
    Func<ClaimsPrincipal, bool> MayChange);
