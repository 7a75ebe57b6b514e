using System.Text.RegularExpressions;

namespace EodPredict.Providers.Replies;

/// <summary>A body that <paramref name="Pattern"/> matches means <paramref name="Outcome"/>.</summary>
internal sealed record ReplyPattern(ReplyOutcome Outcome, Regex Pattern);
