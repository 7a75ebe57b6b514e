using EodPredict.Scraping.Limit;

namespace EodPredict.Scraping.Http;

/// <summary>What a reply means, and why in words that hold no secret.</summary>
/// <param name="Kind">What it means.</param>
/// <param name="Reason">Why, for people.</param>
/// <param name="Hint">What its headers said about the limit.</param>
/// <param name="IsAnswer">Whether the server answered at all.</param>
/// <param name="IsUnexplained">Whether it was refused without a word about patience, so that the item itself may be the reason.</param>
internal readonly record struct ReplyVerdict(
    ReplyKind Kind, string Reason, LimitHint Hint = default, bool IsAnswer = true, bool IsUnexplained = false);
