namespace EodPredict.Scraping.Sharing;

/// <summary>One of those that share an endpoint's limit: a job, run by a process.</summary>
/// <param name="Worker">The process, see <c>eod.worker</c>.</param>
/// <param name="Job">The job.</param>
internal readonly record struct Participant(int Worker, int Job);
