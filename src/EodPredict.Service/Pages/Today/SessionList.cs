namespace EodPredict.Service.Pages.Today;

/// <summary>Today's sessions.</summary>
/// <param name="Sessions">Each with its forecast, checks and arrival.</param>
internal sealed record SessionList(IReadOnlyList<SessionView> Sessions);
