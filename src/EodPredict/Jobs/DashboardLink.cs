namespace EodPredict.Jobs;

/// <summary>A page of the service, as its navigation and the job engine's dashboard name it.</summary>
/// <param name="Title">What people read.</param>
/// <param name="Path">Where it is, from the root.</param>
public sealed record DashboardLink(string Title, string Path);
