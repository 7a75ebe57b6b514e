namespace EodPredict.Providers.Replies;

/// <summary>What a reply's headers tell about the version of the thing behind an address.</summary>
internal readonly record struct Validators(string? EntityTag, long? ContentLength, DateTimeOffset? LastModified);
