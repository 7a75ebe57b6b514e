namespace EodPredict.Providers;

/// <summary>What a call brought.</summary>
/// <param name="Observation">The fact it left.</param>
/// <param name="Body">The body, decompressed; empty where none came whole.</param>
/// <param name="ContentType">As the provider named it; null where it did not.</param>
public sealed record ProviderReply(Observation Observation, ReadOnlyMemory<byte> Body, string? ContentType);
