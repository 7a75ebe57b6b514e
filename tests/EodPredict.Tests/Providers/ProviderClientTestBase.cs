using EodPredict.Providers;
using EodPredict.Tests.Database;

namespace EodPredict.Tests.Providers;

/// <summary>Calls of a client to a vendor of the test, and what holds for every one of them.</summary>
public abstract class ProviderClientTestBase(TestDatabase database) : IClassFixture<TestDatabase>
{
    private protected const string Row = """[{"date":"2026-01-30","close":1.5}]""";

    private protected static readonly DateOnly Session = new(2026, 1, 30);
    private protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly CapturedLog<ProviderClient> _log = new();

    private protected TestDatabase Database => database;

    private protected async Task<Observation> IsBrokenAsync(TestVendor vendor, string settings, string reason)
    {
        var reply = await AskAsync(vendor.Address, settings);
        Assert.Equal(ReplyOutcome.Broken, reply.Observation.Outcome);
        Assert.Contains(reason, reply.Observation.Reason, StringComparison.Ordinal);
        Assert.Equal(0, reply.Body.Length);
        return reply.Observation;
    }

    private protected async Task<ProviderReply> AskAsync(string address, string settings = "", CheckMethod method = CheckMethod.Get)
    {
        using var client = Client(address, settings, out var dataset);
        var reply = await client.AskAsync(dataset, "T.US", Session, method, CancellationToken.None).WaitAsync(Patience);

        // What holds for every call: one line, and the key nowhere.
        var line = Assert.Single(_log.Lines);
        _log.Lines.Clear();
        Assert.Contains(reply.Observation.Reason, line, StringComparison.Ordinal);
        foreach (var secret in new[] { TestCatalog.Key, Uri.EscapeDataString(TestCatalog.Key), "token=", "http://", "https://" })
        {
            Assert.DoesNotContain(secret, line, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(secret, reply.Observation.ToString(), StringComparison.OrdinalIgnoreCase);
        }

        return reply;
    }

    private protected ProviderClient Client(string address, string settings, out Dataset dataset, TimeProvider? time = null)
    {
        var catalog = TestCatalog.Read($$"""
            {
              "p": {
                "BaseAddress": "{{address}}", "KeyFromEnvironment": "TEST_KEY", "Headers": { "Authorization": "Bearer {key}" }, {{settings}}
                "Datasets": {
                  "d": {
                    "Calendar": "XNYS", "Tickers": ["T.US"], "Url": "/eod/{ticker}?date={date}&token={key}", "HeadSign": "EntityTag",
                    "Rules": { "Format": "Json", "Date": "/date", "Required": ["/close"] },
                    "PageUrl": "/status", "PageRules": { "Format": "Html", "Selector": "#updated", "Date": ".+" }
                  }
                }
              }
            }
            """);
        dataset = catalog.Get("d");
        return new ProviderClient(catalog, database.DataSource, time ?? TestTime.Wall, TestTime.Wall, _log);
    }

    private protected sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
