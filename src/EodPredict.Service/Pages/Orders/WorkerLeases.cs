namespace EodPredict.Service.Pages.Orders;

/// <summary>The leases of one worker.</summary>
/// <param name="Worker">Its name.</param>
/// <param name="Leases">How many it was given.</param>
/// <param name="Blocks">Of how many blocks of 1024 ids together.</param>
/// <param name="Ended">How many of them it has said to be done with.</param>
/// <param name="LastAt">When it was given the last one.</param>
public sealed record WorkerLeases(string Worker, long Leases, long Blocks, long Ended, DateTimeOffset LastAt);
