namespace EodPredict.Availability;

/// <summary>A provider is left alone until an instant, for a reason.</summary>
internal sealed record ProviderHold(DateTimeOffset Until, string Reason);
