using System.Text.Json;

namespace EodPredict.Service.Orders;

/// <summary>What a script posts: each call takes some of it.</summary>
internal sealed record OrderRequest(string? Source, string? ClientKey, JsonElement? Payload, long? OrderId, string? Worker, int? Blocks);
