using EodPredict.Scraping.Http;
using EodPredict.Scraping.Limit;

namespace EodPredict.Tests.Scraping.Http;

public sealed class ReplyTriageTests
{
    [Theory]
    [InlineData(200, "Accepted", "Accepted")]
    [InlineData(204, "Accepted", "Accepted")]
    [InlineData(302, "Permanent", "Accepted")]
    [InlineData(400, "Permanent", "Accepted")]
    [InlineData(401, "Unauthorized", "Accepted")]
    [InlineData(403, "Permanent", "Accepted")]
    [InlineData(404, "Permanent", "Accepted")]
    [InlineData(408, "Transient", "Failed")]
    [InlineData(410, "Permanent", "Accepted")]
    [InlineData(429, "Throttled", "Refused")]
    [InlineData(500, "Transient", "Failed")]
    [InlineData(501, "Permanent", "Accepted")]
    [InlineData(502, "Transient", "Failed")]
    [InlineData(503, "Throttled", "Refused")]
    [InlineData(529, "Throttled", "Refused")]
    public void A_status_says_what_to_do_with_the_item_and_what_the_limit_did(int status, string kind, string outcome)
    {
        var verdict = ReplyTriage.Judge(status, default);
        Assert.Equal((kind, outcome), (verdict.Kind.ToString(), ReplyTriage.Outcome(verdict.Kind).ToString()));
        Assert.Contains(kind == "Unauthorized" ? "--header" : $"{status}", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Forbidden_with_nothing_left_is_a_limit()
    {
        var verdict = ReplyTriage.Judge(403, new LimitHint(null, 0, TimeSpan.FromSeconds(40), 60, null));
        Assert.Equal((ReplyKind.Throttled, TimeSpan.FromSeconds(40)), (verdict.Kind, verdict.Hint.RetryAfter));
    }
}
