using System.Text;
using EodPredict.Providers;
using EodPredict.Providers.Replies;

namespace EodPredict.Tests.Providers.Replies;

/// <summary>Replies and questions for tests.</summary>
internal static class Some
{
    public static readonly DateOnly Session = new(2026, 1, 30);
    public static readonly DateTimeOffset Now = new(2026, 1, 30, 22, 0, 0, TimeSpan.Zero);
    public static readonly ReplyQuestion Question = new("AAPL", Session);

    public static RawReply Reply(int status, string body = "", string? retryAfter = null) => new()
    {
        Status = status,
        Body = Encoding.UTF8.GetBytes(body),
        RetryAfter = retryAfter,
        ReceivedAt = Now,
    };

    /// <summary>The rules of a dataset as they come out of its configuration.</summary>
    public static ReplyRules Rules(string rules)
    {
        var catalog = TestCatalog.Read($$"""
            { "p": { "Datasets": { "d": { "Calendar": "XNYS", "Tickers": ["AAPL"], "Url": "https://h/", "Rules": {{rules}} } } } }
            """);
        return catalog.AccessTo(catalog.Get("d")).GetRules;
    }

    public static Verdict Judge(string rules, RawReply reply) => ReplyClassifier.Classify(reply, Rules(rules), Question, ProviderKey.None);
}
