namespace EodPredict.Jobs;

/// <summary>A kind of job: its name, which is stored with each planned run, and where its body comes from.</summary>
public sealed record JobKind(string Name, Func<IServiceProvider, JobBody> Body);
