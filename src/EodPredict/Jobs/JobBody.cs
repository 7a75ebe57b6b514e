namespace EodPredict.Jobs;

/// <summary>The work of one kind of job.</summary>
/// <param name="id">The id in the job's key.</param>
/// <param name="cancellationToken">Fires when the process stops; let the exception escape, so that the job is run again.</param>
public delegate Task JobBody(string id, CancellationToken cancellationToken);
