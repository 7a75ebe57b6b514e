using EodPredict.Providers;
using EodPredict.Providers.Replies;
using EodPredict.Tests.Providers.Replies;

namespace EodPredict.Tests.Providers.Profiles;

/// <summary>A dataset of a profile with nothing else configured than one ticker, asked for 2026-01-30.</summary>
internal sealed class ProfileFixture
{
    private readonly DatasetAccess _access;
    private readonly string _ticker;

    public ProfileFixture(string profile, string ticker)
    {
        var catalog = TestCatalog.Read($$"""
            { "p": { "Profile": "{{profile}}", "KeyFromEnvironment": "TEST_KEY",
                     "Datasets": { "d": { "Calendar": "XNYS", "Tickers": ["{{ticker}}"] } } } }
            """);
        Dataset = catalog.Get("d");
        _access = catalog.AccessTo(Dataset);
        _ticker = ticker;
    }

    public Dataset Dataset { get; }

    public string Get => _access.Get.Build(_ticker, Some.Session, new ProviderKey("KEY")).AbsoluteUri;

    public string Page => _access.Page!.Build(_ticker, Some.Session, new ProviderKey("KEY")).AbsoluteUri;

    public IReadOnlyDictionary<string, string> Headers => _access.Provider.Headers;

    public ReplyOutcome Judge(int status, string body) => Judge(_access.GetRules, status, body);

    public ReplyOutcome JudgePage(int status, string body) => Judge(_access.PageRules!, status, body);

    private ReplyOutcome Judge(ReplyRules rules, int status, string body) =>
        ReplyClassifier.Classify(Some.Reply(status, body), rules, new ReplyQuestion(_ticker, Some.Session), _access.Provider.Key).Outcome;
}
