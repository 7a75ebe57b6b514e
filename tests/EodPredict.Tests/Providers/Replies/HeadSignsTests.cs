using EodPredict.Providers;
using EodPredict.Providers.Replies;

namespace EodPredict.Tests.Providers.Replies;

public sealed class HeadSignsTests
{
    private static readonly DateTimeOffset Old = new(2026, 1, 29, 21, 0, 0, TimeSpan.Zero);
    private static readonly Validators Before = new("\"a\"", 100, Old);

    [Theory]
    [InlineData("EntityTag", "\"b\"", 100L, ReplyOutcome.Available)]
    [InlineData("EntityTag", "\"a\"", 200L, ReplyOutcome.NotYet)]
    [InlineData("EntityTag", "W/\"a\"", 200L, ReplyOutcome.NotYet)]
    [InlineData("EntityTag", null, 200L, ReplyOutcome.Broken)]
    [InlineData("ContentLength", "\"a\"", 200L, ReplyOutcome.Available)]
    [InlineData("ContentLength", "\"b\"", 100L, ReplyOutcome.NotYet)]
    [InlineData("LastModified", "\"b\"", 200L, ReplyOutcome.NotYet)]
    [InlineData("Status", null, null, ReplyOutcome.Available)]
    public void One_header_tells_of_new_data(string sign, string? tag, long? length, ReplyOutcome outcome)
    {
        var reply = Some.Reply(200) with { Validators = new Validators(tag, length, Old) };
        Assert.Equal(outcome, ReplyClassifier.ClassifyHead(reply, Some.Rules("{}"), Enum.Parse<HeadSign>(sign), [Before], ProviderKey.None).Outcome);
    }

    [Fact]
    public void Without_anything_to_compare_with_it_says_nothing()
    {
        var reply = Some.Reply(200) with { Validators = Before };
        Assert.Equal(ReplyOutcome.Broken, ReplyClassifier.ClassifyHead(reply, Some.Rules("{}"), HeadSign.EntityTag, [], ProviderKey.None).Outcome);
    }

    [Theory]
    [InlineData(404, ReplyOutcome.NotYet)]
    [InlineData(405, ReplyOutcome.Broken)]
    [InlineData(401, ReplyOutcome.Refused)]
    [InlineData(429, ReplyOutcome.Throttled)]
    public void A_status_says_what_it_says_to_a_get(int status, ReplyOutcome outcome) =>
        Assert.Equal(outcome, ReplyClassifier.ClassifyHead(Some.Reply(status), Some.Rules("{}"), HeadSign.EntityTag, [Before], ProviderKey.None).Outcome);
}
