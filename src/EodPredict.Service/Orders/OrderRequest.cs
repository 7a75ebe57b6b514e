using System.Text.Json;

namespace EodPredict.Service.Orders;

/// <summary>What a script posts: each call takes some of it.</summary>
internal sealed record OrderRequest(
    string? Source = null, string? ClientKey = null, JsonElement? Payload = null, long? OrderId = null, string? Worker = null,
    int? Blocks = null);
