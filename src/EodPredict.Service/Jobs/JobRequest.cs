namespace EodPredict.Service.Jobs;

/// <summary>What is posted to run, pause or resume a recurring job.</summary>
/// <param name="Kind">Its kind, such as train.</param>
/// <param name="Id">Its id, such as a dataset.</param>
/// <param name="Reason">To pause: why; others will read it.</param>
internal sealed record JobRequest(string? Kind = null, string? Id = null, string? Reason = null);
