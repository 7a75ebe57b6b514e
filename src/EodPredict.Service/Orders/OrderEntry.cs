using System.Text.Json;

namespace EodPredict.Service.Orders;

/// <summary>One order of the history.</summary>
public sealed record OrderEntry(long OrderId, string Source, string ClientKey, JsonElement Payload, DateTimeOffset RecordedAt);
