namespace EodPredict.Tests.Orders;

/// <summary>A process that takes ids, in one of the many ways to do so. For one caller at a time.</summary>
internal interface IIdSource : IAsyncDisposable
{
    /// <summary>Some ids, one or more; as soon as they are returned, the world has seen them.</summary>
    Task<IReadOnlyList<long>> TakeAsync();
}
