namespace EodPredict.Providers.Replies;

/// <summary>What was asked for.</summary>
internal readonly record struct ReplyQuestion(string Ticker, DateOnly SessionDate);
