namespace EodPredict.Jobs;

/// <summary>A figure of the service on the home page of the job engine's dashboard.</summary>
/// <param name="Name">Unique, for machines.</param>
/// <param name="Title">What people read.</param>
/// <param name="Read">Reads it; called every few seconds while somebody looks.</param>
public sealed record DashboardFigure(string Name, string Title, Func<IServiceProvider, CancellationToken, Task<long>> Read);
