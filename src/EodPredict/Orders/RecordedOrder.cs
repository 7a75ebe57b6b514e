namespace EodPredict.Orders;

/// <summary>An order of the history.</summary>
/// <param name="OrderId">From 1 to 2^53 - 1.</param>
/// <param name="Source">The script that recorded it.</param>
/// <param name="ClientKey">That script's key of it.</param>
/// <param name="Payload">The order itself, as JSON.</param>
/// <param name="RecordedAt">The database server's clock.</param>
/// <param name="NextCursor">Reading on from here goes on with the order after it.</param>
public sealed record RecordedOrder(
    long OrderId, string Source, string ClientKey, string Payload, DateTimeOffset RecordedAt, string NextCursor);
