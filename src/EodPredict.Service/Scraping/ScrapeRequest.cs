namespace EodPredict.Service.Scraping;

/// <summary>What is posted to make a job, or to give it more ids.</summary>
/// <param name="Name">The job's name; posted again, it is the same job.</param>
/// <param name="Url">With <c>{id}</c>, and <c>{env:VARIABLE}</c> for a key.</param>
/// <param name="Ids">The ids.</param>
/// <param name="FirstId">With <paramref name="LastId"/>: a range of numbers.</param>
/// <param name="LastId">Its last.</param>
/// <param name="Headers"><c>Name: value</c> or <c>Name: env:VARIABLE</c>.</param>
/// <param name="MaxPace">The most requests per second.</param>
/// <param name="MaxInFlight">The most requests in flight.</param>
/// <param name="FinishBy">When it has to be done; until then it waits for the hours that bear most.</param>
/// <param name="AnyTime">Whether it may wait for the best hours of the next seven days.</param>
internal sealed record ScrapeRequest(
    string? Name = null, string? Url = null, IReadOnlyList<string>? Ids = null, long? FirstId = null, long? LastId = null,
    IReadOnlyList<string>? Headers = null, double? MaxPace = null, int? MaxInFlight = null, DateTimeOffset? FinishBy = null,
    bool AnyTime = false);
