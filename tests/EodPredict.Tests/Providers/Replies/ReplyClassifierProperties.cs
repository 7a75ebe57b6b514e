using System.Text;
using EodPredict.Providers;
using EodPredict.Providers.Replies;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace EodPredict.Tests.Providers.Replies;

public sealed class ReplyClassifierProperties
{
    private static readonly ReplyRules[] Rules =
    [
        Some.Rules("{}"),
        Some.Rules("""{ "Format": "Json", "Date": "/date", "Required": ["/close"], "ThrottledPatterns": ["a+b"] }"""),
        Some.Rules("""{ "Format": "Json", "Rows": "/a", "DatesAreNames": true, "AbsentRows": "Throttled" }"""),
        Some.Rules("""{ "Format": "Csv", "Date": "date", "Required": ["close"] }"""),
        Some.Rules("""{ "Format": "Html", "Selector": "b", "Date": "(?<date>[^ ]+) ?(?<time>.*)", "ReadyFrom": "16:00" }"""),
    ];

    // Whole words of the formats between noise find more than noise alone.
    private static readonly string[] Words =
    [
        "[", "]", "{", "}", "\"", ":", ",", "\n", "\\", "\\ud800", "NaN", "Infinity", "null", "1e999", "date", "close", "\"date\":\"2026-01-30\"",
        "2026-01-30", "99999999999999", "<b>", "</b>", "<!--", "<script>", ";", "\0", "\uFFFF", "aaab", "\"a\":", TestCatalog.Key,
        TestCatalog.Key[..10], Uri.EscapeDataString(TestCatalog.Key), "https://h/?k=" + TestCatalog.Key,
    ];

    [Property(MaxTest = 500)]
    public Property Nothing_that_a_provider_sends_makes_it_throw_or_tell_the_key() =>
        Prop.ForAll(Bodies(), Heads(), (body, head) =>
        {
            var key = new ProviderKey(TestCatalog.Key);
            var reply = new RawReply
            {
                Status = head.Status,
                Body = body,
                RetryAfter = head.Text,
                Location = head.Text,
                Validators = new Validators(head.Text, body.Length, null),
                ReceivedAt = Some.Now,
            };
            var verdicts = Rules.Select(rules => ReplyClassifier.Classify(reply, rules, Some.Question, key))
                .Append(ReplyClassifier.ClassifyHead(reply, Rules[0], HeadSign.EntityTag, [], key));
            return verdicts.All(verdict =>
                verdict.Reason.Length is > 0 and < 300
                && !verdict.Reason.Contains(TestCatalog.Key, StringComparison.OrdinalIgnoreCase)
                && !verdict.Reason.Contains(Uri.EscapeDataString(TestCatalog.Key), StringComparison.OrdinalIgnoreCase)
                && !verdict.Reason.Contains("://", StringComparison.Ordinal)
                && !verdict.Reason.Any(char.IsControl)
                && (verdict.Outcome != ReplyOutcome.Available || head.Status is >= 200 and < 300)
                && verdict.RetryAfter is null or { TotalHours: >= 0 and <= 1 });
        });

    [Property(MaxTest = 200)]
    public Property A_key_cut_by_the_end_of_what_is_looked_at_is_not_told(PositiveInt before)
    {
        var body = string.Concat(Enumerable.Repeat(TestCatalog.Key, 300)).Insert(0, new string(' ', before.Get % 5000));
        var reason = ReplyClassifier.Classify(
            Some.Reply(400, body), Rules[0], Some.Question, new ProviderKey(TestCatalog.Key)).Reason;
        return (!reason.Contains(TestCatalog.Key[..8], StringComparison.OrdinalIgnoreCase)).ToProperty();
    }

    private static Arbitrary<byte[]> Bodies() => Gen.OneOf(
        ArbMap.Default.GeneratorFor<byte[]>(),
        Gen.Elements(Words).ListOf().Select(words => Encoding.UTF8.GetBytes(string.Concat(words)))).ToArbitrary();

    private static Arbitrary<(int? Status, string? Text)> Heads() =>
        (from status in Gen.OneOf(Gen.Choose(100, 599).Select(status => (int?)status), Gen.Constant((int?)200), Gen.Constant((int?)null))
         from text in Gen.OneOf(ArbMap.Default.GeneratorFor<string?>(), Gen.Elements<string?>([.. Words, "120", "https://" + TestCatalog.Key + "/"]))
         select (status, text)).ToArbitrary();
}
