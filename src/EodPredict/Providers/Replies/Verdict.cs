namespace EodPredict.Providers.Replies;

/// <summary>What a reply was found to say.</summary>
/// <param name="Outcome">What it tells about the data.</param>
/// <param name="Reason">Why, in words; holds neither key nor address.</param>
/// <param name="DataDate">The newest session date in it.</param>
/// <param name="RetryAfter">How long the provider asked to wait; from 0 to 1 h.</param>
internal sealed record Verdict(ReplyOutcome Outcome, string Reason, DateOnly? DataDate = null, TimeSpan? RetryAfter = null);
