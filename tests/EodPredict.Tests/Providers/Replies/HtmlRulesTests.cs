using EodPredict.Providers;

namespace EodPredict.Tests.Providers.Replies;

public sealed class HtmlRulesTests
{
    private const string Updated = """
        { "Format": "Html", "Selector": "#status p.updated", "Date": "Updated (?<date>[\\d-]+) at (?<time>[\\d:]+)", "ReadyFrom": "16:00", "DateMatch": "OnOrAfter" }
        """;

    [Theory]
    [InlineData("Updated 2026-01-30 at 18:05", ReplyOutcome.Available)]
    [InlineData("Updated 2026-01-31 at 01:00", ReplyOutcome.Available)]
    [InlineData("Updated 2026-01-30 at 09:30", ReplyOutcome.NotYet)]
    [InlineData("Updated 2026-01-29 at 18:05", ReplyOutcome.Stale)]
    [InlineData("Under repair", ReplyOutcome.Broken)]
    public void A_page_tells_when_it_was_updated(string text, ReplyOutcome outcome) =>
        Assert.Equal(outcome, Some.Judge(Updated, Some.Reply(200, $"<div id=status><p class='big updated'>{text}</p></div>")).Outcome);

    [Fact]
    public void A_page_without_the_element_is_broken_unless_the_rules_say_otherwise() =>
        Assert.Equal(ReplyOutcome.Broken, Some.Judge(Updated, Some.Reply(200, "<p>Hello</p>")).Outcome);

    [Theory]
    [InlineData("ready", ReplyOutcome.Available)]
    [InlineData("pending", ReplyOutcome.NotYet)]
    public void A_page_tells_of_each_ticker(string state, ReplyOutcome outcome)
    {
        const string Rules = """{ "Format": "Html", "Selector": "tr[data-ticker={ticker}][data-date='{date}'] td.state", "Ready": "^ready$" }""";
        var page = $"<table><tr data-ticker=MSFT data-date=2026-01-30><td class=state>ready<tr data-ticker=AAPL data-date=2026-01-30><td class=state>{state}</table>";
        Assert.Equal(outcome, Some.Judge(Rules, Some.Reply(200, page)).Outcome);
    }

    [Fact]
    public void A_bad_selector_pattern_or_time_is_a_fault_of_the_configuration()
    {
        var faults = TestCatalog.FaultsOf("""
            { "p": { "Datasets": { "d": { "Calendar": "XNYS", "Tickers": ["AAPL"], "Url": "https://h/",
              "PageUrl": "https://h/s", "PageRules": { "Format": "Html", "Selector": "td[", "Ready": "(?=x)", "ReadyFrom": "4pm" } } } } }
            """);
        Assert.Equal(
            ["Ready", "ReadyFrom", "ReadyFrom", "Selector"],
            faults.Select(fault => fault.Key.Split(':')[^1]).Order(StringComparer.Ordinal));
    }
}
