using EodPredict.Providers;
using EodPredict.Providers.Replies;

namespace EodPredict.Tests.Providers.Replies;

public sealed class ReplyClassifierTests
{
    private const string Json = """{ "Format": "Json", "Date": "/date", "Required": ["/close"] }""";
    private const string Csv = """{ "Format": "Csv", "Date": "Date", "Required": ["Close"] }""";

    [Theory]
    [InlineData("""[{"date":"2026-01-30","close":1.5}]""", ReplyOutcome.Available)]
    [InlineData("""[{"date":"2026-01-29","close":1},{"date":"2026-01-30","close":"1.5"}]""", ReplyOutcome.Available)]
    [InlineData("""{"date":"2026-01-30T00:00:00.000Z","close":0}""", ReplyOutcome.Available)]
    [InlineData("""[{"date":"20260130","close":1}]""", ReplyOutcome.Available)]
    [InlineData("""[{"date":1769788800000,"close":1}]""", ReplyOutcome.Available)]
    [InlineData("\uFEFF[{\"date\":\"2026-01-30\",\"close\":1}]", ReplyOutcome.Available)]
    [InlineData("""[{"date":"2026-01-30","close":null}]""", ReplyOutcome.Partial)]
    [InlineData("""[{"date":"2026-01-30"}]""", ReplyOutcome.Partial)]
    [InlineData("""[{"date":"2026-01-30","close":"NA"}]""", ReplyOutcome.Partial)]
    [InlineData("""[{"date":"2026-01-30","close":NaN}]""", ReplyOutcome.Partial)]
    [InlineData("""[{"date":"2026-01-30","name":"Ban\"NaN","close":-Infinity}]""", ReplyOutcome.Partial)]
    [InlineData("""[{"date":"2026-01-30","close":1e999}]""", ReplyOutcome.Partial)]
    [InlineData("""[{"date":"2026-01-29","close":1}]""", ReplyOutcome.Stale)]
    [InlineData("""[{"date":"2026-02-02","close":1}]""", ReplyOutcome.NotYet)]
    [InlineData("[]", ReplyOutcome.NotYet)]
    [InlineData("null", ReplyOutcome.NotYet)]
    [InlineData("""[{"date":"soon","close":1}]""", ReplyOutcome.Broken)]
    [InlineData("""[{"date":"2026-01-30","clo""", ReplyOutcome.Broken)]
    [InlineData("<html>maintenance</html>", ReplyOutcome.Broken)]
    [InlineData("", ReplyOutcome.Broken)]
    [InlineData("""[{"date":"\ud800","close":1}]""", ReplyOutcome.Broken)]
    public void Rows_in_json_decide(string body, ReplyOutcome outcome) => Assert.Equal(outcome, Some.Judge(Json, Some.Reply(200, body)).Outcome);

    [Theory]
    [InlineData("Date,Open,Close\n2026-01-29,1,2\n2026-01-30,1,2\n", ReplyOutcome.Available)]
    [InlineData("date;open;close\r\n2026-01-30;1;2\r\n", ReplyOutcome.Available)]
    [InlineData("Date,Open,Close\n2026-01-30,1\n", ReplyOutcome.Partial)]
    [InlineData("Date,Open,Close\n2026-01-30,1,N/A\n", ReplyOutcome.Partial)]
    [InlineData("Date,Open,Close\n2026-01-29,1,2\n", ReplyOutcome.Stale)]
    [InlineData("Date,Open,Close\n", ReplyOutcome.NotYet)]
    [InlineData("<html>no</html>", ReplyOutcome.Broken)]
    [InlineData("", ReplyOutcome.Broken)]
    public void Rows_in_csv_decide(string body, ReplyOutcome outcome) => Assert.Equal(outcome, Some.Judge(Csv, Some.Reply(200, body)).Outcome);

    [Theory]
    [InlineData(204, ReplyOutcome.NotYet)]
    [InlineData(404, ReplyOutcome.NotYet)]
    [InlineData(410, ReplyOutcome.Never)]
    [InlineData(401, ReplyOutcome.Refused)]
    [InlineData(403, ReplyOutcome.Refused)]
    [InlineData(429, ReplyOutcome.Throttled)]
    [InlineData(500, ReplyOutcome.Broken)]
    [InlineData(503, ReplyOutcome.Broken)]
    [InlineData(400, ReplyOutcome.Broken)]
    [InlineData(304, ReplyOutcome.Broken)]
    public void Statuses_decide_where_no_data_came(int status, ReplyOutcome outcome) =>
        Assert.Equal(outcome, Some.Judge(Json, Some.Reply(status)).Outcome);

    [Fact]
    public void A_refused_key_is_not_a_not_yet() =>
        Assert.Equal(ReplyOutcome.Refused, Some.Judge(Json, Some.Reply(403, "[]")).Outcome);

    [Fact]
    public void An_outage_that_asks_for_patience_is_a_throttle()
    {
        var verdict = Some.Judge(Json, Some.Reply(503, "", "120"));
        Assert.Equal((ReplyOutcome.Throttled, TimeSpan.FromSeconds(120)), (verdict.Outcome, verdict.RetryAfter));
    }

    [Fact]
    public void A_throttle_stays_one_when_its_body_breaks_off()
    {
        var reply = Some.Reply(429, "", "7") with { Fault = "The connection broke." };
        Assert.Equal(ReplyOutcome.Throttled, Some.Judge(Json, reply).Outcome);
    }

    [Fact]
    public void A_reply_that_did_not_come_whole_is_never_data()
    {
        var reply = Some.Reply(200, """[{"date":"2026-01-30","close":1}]""") with { Fault = "The connection broke." };
        Assert.Equal(new Verdict(ReplyOutcome.Broken, "The connection broke."), Some.Judge(Json, reply));
    }

    [Theory]
    [InlineData("ThrottledPatterns", ReplyOutcome.Throttled)]
    [InlineData("RefusedPatterns", ReplyOutcome.Refused)]
    [InlineData("NeverPatterns", ReplyOutcome.Never)]
    [InlineData("NotYetPatterns", ReplyOutcome.NotYet)]
    [InlineData("BrokenPatterns", ReplyOutcome.Broken)]
    public void Patterns_decide_also_inside_a_200(string patterns, ReplyOutcome outcome)
    {
        var rules = $$"""{ "Format": "Json", "Date": "/date", "{{patterns}}": ["slow *down"] }""";
        Assert.Equal(outcome, Some.Judge(rules, Some.Reply(200, """{"message":"Please SLOW DOWN"}""")).Outcome);
        Assert.Equal(outcome, Some.Judge(rules, Some.Reply(404, "slow down")).Outcome);
    }

    [Fact]
    public void Data_that_is_there_is_not_searched_for_patterns()
    {
        const string Rules = """{ "Format": "Json", "Date": "/date", "ThrottledPatterns": ["slow down"] }""";
        Assert.Equal(ReplyOutcome.Available, Some.Judge(Rules, Some.Reply(200, """{"date":"2026-01-30","news":"slow down"}""")).Outcome);
    }

    [Fact]
    public void Missing_rows_mean_what_the_rules_say()
    {
        var reply = Some.Reply(200, """{"Note":"thank you"}""");
        Assert.Equal(ReplyOutcome.Broken, Some.Judge("""{ "Format": "Json", "Rows": "/data" }""", reply).Outcome);
        Assert.Equal(ReplyOutcome.Throttled, Some.Judge("""{ "Format": "Json", "Rows": "/data", "AbsentRows": "Throttled" }""", reply).Outcome);
    }

    [Fact]
    public void The_newest_row_is_enough_where_the_rules_say_so()
    {
        const string Rules = """{ "Format": "Json", "Date": "/upTo", "DateMatch": "OnOrAfter" }""";
        var verdict = Some.Judge(Rules, Some.Reply(200, """{"upTo":"2026-02-02"}"""));
        Assert.Equal((ReplyOutcome.Available, new DateOnly(2026, 2, 2)), (verdict.Outcome, verdict.DataDate));
    }

    [Fact]
    public void Seconds_since_1970_are_read_in_the_zone_of_the_rules()
    {
        // Midnight of 2026-01-30 in New York.
        const string Body = """[{"t":1769749200}]""";
        Assert.Equal(ReplyOutcome.Available, Some.Judge("""{ "Format": "Json", "Date": "/t", "DateZone": "America/New_York" }""", Some.Reply(200, Body)).Outcome);
        Assert.Equal(ReplyOutcome.Stale, Some.Judge("""{ "Format": "Json", "Date": "/t", "DateZone": "America/Los_Angeles" }""", Some.Reply(200, Body)).Outcome);
    }

    [Theory]
    [InlineData("{}", "anything", ReplyOutcome.Available)]
    [InlineData("{}", "", ReplyOutcome.NotYet)]
    [InlineData("""{ "NotYetPatterns": ["not ready"] }""", "not ready", ReplyOutcome.NotYet)]
    [InlineData("""{ "NotYetStatuses": [200] }""", "anything", ReplyOutcome.NotYet)]
    public void Without_a_format_a_good_status_with_a_body_is_the_data(string rules, string body, ReplyOutcome outcome) =>
        Assert.Equal(outcome, Some.Judge(rules, Some.Reply(200, body)).Outcome);

    [Theory]
    [InlineData("https://evil.example/take?token=s3cr3t", "evil.example")]
    [InlineData("/login", "another path of the same host")]
    [InlineData(null, "cannot be read")]
    public void A_redirect_is_not_followed_and_names_the_host_alone(string? location, string says)
    {
        var verdict = Some.Judge("{}", Some.Reply(302) with { Location = location });
        Assert.Equal(ReplyOutcome.Broken, verdict.Outcome);
        Assert.Contains(says, verdict.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reason_quotes_little_and_neither_key_nor_address()
    {
        var key = new ProviderKey(TestCatalog.Key);
        var body = $"Limit reached for {TestCatalog.Key} and {Uri.EscapeDataString(TestCatalog.Key)}\u0000, see https://h/buy?k={TestCatalog.Key} now. " + new string('x', 500);
        var reason = ReplyClassifier.Classify(Some.Reply(400, body), Some.Rules("{}"), Some.Question, key).Reason;
        Assert.Equal(
            "The provider answered 400, for which there is no rule: \"Limit reached for *** and *** , see (address) now. xxxxxxxxxxxxxxxxxxxxxxxxxxxx…\".", reason);
    }

    [Fact]
    public void A_pattern_that_matches_within_the_key_does_not_tell_its_end()
    {
        var reason = ReplyClassifier.Classify(
            Some.Reply(200, TestCatalog.Key), Some.Rules("""{ "ThrottledPatterns": ["key/with"] }"""), Some.Question, new ProviderKey(TestCatalog.Key)).Reason;
        Assert.DoesNotContain("with+more", reason, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_very_deep_list_is_broken_and_not_fatal() =>
        Assert.Equal(ReplyOutcome.Broken, Some.Judge(Json, Some.Reply(200, new string('[', 200_000))).Outcome);

    [Theory]
    [InlineData("<div>")]
    [InlineData("<p><b x=1><i x=2>x</p>")]
    [InlineData("<a><div>")]
    public void A_page_whose_tree_takes_for_ever_to_build_is_given_up(string part)
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(0.3), TestTime.Wall);
        var page = Some.Reply(200, string.Concat(Enumerable.Repeat(part, 200_000)));
        var verdict = ReplyClassifier.Classify(
            page, Some.Rules("""{ "Format": "Html", "Selector": "#x" }"""), Some.Question, ProviderKey.None, stop.Token);
        Assert.Equal(ReplyOutcome.Broken, verdict.Outcome);
        Assert.Contains("too large or too deep", verdict.Reason, StringComparison.Ordinal);
    }
}
