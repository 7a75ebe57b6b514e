using EodPredict.Providers;

namespace EodPredict.Tests.Providers.Configuration;

public sealed class CatalogReaderTests
{
    [Fact]
    public void A_profile_points_the_service_at_a_provider_in_a_few_lines()
    {
        var catalog = TestCatalog.Read("""
            {
              "eodhd": {
                "Profile": "EODHD",
                "KeyFromEnvironment": "TEST_KEY",
                "DailyGetBudget": 2000,
                "Datasets": { "us-eod": { "Calendar": "XNYS", "Tickers": ["AAPL.US", "MSFT.US"] } }
              }
            }
            """);

        var dataset = Assert.Single(catalog.All);
        Assert.Same(dataset, catalog.Get("us-eod"));
        Assert.Equal("eodhd", dataset.Provider);
        Assert.Equal([new DatasetTicker("AAPL.US", "XNYS"), new DatasetTicker("MSFT.US", "XNYS")], dataset.Tickers);
        Assert.Equal((1, 0.1, 0.05, TimeSpan.FromHours(48)), (dataset.GetCost, dataset.DelayCostPerMinute, dataset.SignalCost, dataset.Horizon));
        Assert.Equal([CheckMethod.Get], dataset.Methods);
        var budget = Assert.Single(dataset.Budgets);
        Assert.Equal(("eodhd", 2000, "Etc/UTC"), (budget.Scope, budget.Gets, budget.Zone.Id));
        Assert.Equal(
            "https://eodhd.com/api/eod/AAPL.US?from=2026-01-30&to=2026-01-30&period=d&fmt=json&api_token=s3cr3t-Key%2Fwith%2Bmore",
            catalog.AccessTo(dataset).Get.Build("AAPL.US", new DateOnly(2026, 1, 30), catalog.AccessTo(dataset).Provider.Key).AbsoluteUri);
    }

    [Fact]
    public void Everything_of_a_dataset_can_be_set()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "# London\nVOD.L\n\nBP.L # oil\n");
            var dataset = TestCatalog.Read($$"""
                {
                  "own": {
                    "BaseAddress": "http://localhost:1/api",
                    "DailyGetBudget": 100, "BudgetTimeZone": "America/New_York", "MaxInFlight": 3, "Timeout": "5s", "MaxReplyBytes": 2048,
                    "Datasets": {
                      "d": {
                        "Calendar": "XLON", "Tickers": ["IBM"], "TickersFile": "{{file}}", "TickerCalendars": { "ibm": "XNYS" },
                        "Url": "/eod/{ticker}", "HeadSign": "ETag_is_none_of_these" ,
                        "GetCost": 2.5, "DelayCostPerMinute": 0.5, "SignalCost": 0.01, "Horizon": "30h", "Deadline": "06:00:00",
                        "PublicationDelay": "1h30m", "DailyGetBudget": 7, "RereadAfter": ["1d", "4h"],
                        "PageUrl": "/status", "PageRules": { "Format": "Html", "Selector": "#updated", "Date": "\\d{4}-\\d\\d-\\d\\d" }
                      }
                    }
                  }
                }
                """.Replace("\"HeadSign\": \"ETag_is_none_of_these\" ,", "\"HeadSign\": \"ContentLength\",", StringComparison.Ordinal)).Get("d");

            Assert.Equal([new("IBM", "XNYS"), new("VOD.L", "XLON"), new("BP.L", "XLON")], dataset.Tickers);
            Assert.Equal((2.5, 0.5, 0.01), (dataset.GetCost, dataset.DelayCostPerMinute, dataset.SignalCost));
            Assert.Equal((TimeSpan.FromHours(30), TimeSpan.FromHours(6)), (dataset.Horizon, dataset.Deadline));
            Assert.Equal(TimeSpan.FromMinutes(90), dataset.PublicationDelay);
            Assert.Equal([("own", 100), ("own/d", 7)], dataset.Budgets.Select(budget => (budget.Scope, budget.Gets)));
            Assert.Equal([TimeSpan.FromHours(4), TimeSpan.FromDays(1)], dataset.RereadAfter);
            Assert.Equal([CheckMethod.Get, CheckMethod.Head, CheckMethod.Page], dataset.Methods.Order());
            Assert.True(dataset.PageIsShared);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Every_fault_is_listed_at_once_with_its_key_its_value_and_what_is_allowed()
    {
        var faults = TestCatalog.FaultsOf("""
            {
              "a": {
                "Profile": "EODDH", "KeyFromEnvironment": "NOT_SET", "Timout": "5s", "MaxInFlight": 0, "BudgetTimeZone": "Mars/Base",
                "Datasets": {
                  "d": {
                    "Calendar": "XNYZ", "Tickers": ["IBM", "ibm", "A B"], "TickerCalendars": { "IBN": "XLON" }, "TickersFile": "/no/such/file",
                    "Url": "ftp://host/{tikker}", "GetCost": -1, "Horizon": "48", "Deadline": "60h",
                    "Rules": { "Format": "Json", "Date": "date", "ThrottledPatterns": ["("], "NotYetStatuses": [429], "AbsentRows": "Maybe" }
                  }
                }
              },
              "b": { "BaseAddress": "http://h", "Datasets": { "D": { "Calendar": "XNYS", "Tickers": ["X"], "Url": "/x" } } },
              "c": { "Profile": "Tiingo" }
            }
            """).ToDictionary(fault => fault.Key["Eod:Providers:".Length..]);

        Assert.Equal(
            [
                "a:BudgetTimeZone", "a:Datasets:d:Calendar", "a:Datasets:d:Deadline", "a:Datasets:d:GetCost", "a:Datasets:d:Horizon",
                "a:Datasets:d:Rules:AbsentRows", "a:Datasets:d:Rules:Date", "a:Datasets:d:Rules:NotYetStatuses",
                "a:Datasets:d:Rules:ThrottledPatterns:0", "a:Datasets:d:TickerCalendars:IBN", "a:Datasets:d:Tickers:1", "a:Datasets:d:Tickers:2",
                "a:Datasets:d:TickersFile", "a:Datasets:d:Url", "a:KeyFromEnvironment", "a:MaxInFlight", "a:Profile", "a:Timout",
                "b:Datasets:D", "c:Datasets", "c:Headers:Authorization",
            ],
            faults.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(
            "Eod:Providers:a:Profile: 'EODDH': There is no such profile. Did you mean 'EODHD'? "
            + "There are: EODHD, Tiingo, Massive, AlphaVantage, Stooq, NasdaqDataLink; without one, give BaseAddress and Url.",
            faults["a:Profile"].ToString());
        Assert.Contains("Did you mean 'Timeout'?", faults["a:Timout"].Problem, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'XNYS'?", faults["a:Datasets:d:Calendar"].Problem, StringComparison.Ordinal);
        Assert.Contains("a whole number, from 1 to 1000", faults["a:MaxInFlight"].Problem, StringComparison.Ordinal);
        Assert.Contains("such as 48h", faults["a:Datasets:d:Horizon"].Problem, StringComparison.Ordinal);
        Assert.Equal("NOT_SET", faults["a:KeyFromEnvironment"].Value);
        Assert.Equal("ftp://host/{tikker}", faults["a:Datasets:d:Url"].Value);
    }

    [Theory]
    [InlineData("""{ "a": { "Key": "hunter2hunter2", "Profile": "Stooq", "Datasets": { "d": { "Calendar": "XNYS", "Tickers": ["X"] } } } }""")]
    [InlineData("""{ "a": { "KeyFromEnvironment": "hunter2hunter2", "Profile": "Stooq", "Datasets": { "d": { "Calendar": "XNYS", "Tickers": ["X"] } } } }""")]
    [InlineData("""{ "a": { "Headers": { "X-Api-Token": "hunter2hunter2" }, "Profile": "Stooq", "Datasets": { "d": { "Calendar": "XNYS", "Tickers": ["X"] } } } }""")]
    [InlineData("""{ "a": { "Datasets": { "d": { "Calendar": "XNYS", "Tickers": ["X"], "Url": "https://h/?api_token=hunter2hunter2" } } } }""")]
    [InlineData("""{ "a": { "Datasets": { "d": { "Calendar": "XNYS", "Tickers": ["X"], "Url": "https://h/{?api_token=hunter2hunter2" } } } }""")]
    public void A_key_written_into_the_configuration_is_a_fault_that_does_not_repeat_it(string providers)
    {
        var fault = Assert.Single(TestCatalog.FaultsOf(providers));
        Assert.DoesNotContain("hunter2", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_is_used_but_not_named_is_a_fault()
    {
        var fault = Assert.Single(TestCatalog.FaultsOf(
            """{ "a": { "Profile": "EODHD", "Datasets": { "d": { "Calendar": "XNYS", "Tickers": ["X"] } } } }"""));
        Assert.Equal("Eod:Providers:a:Datasets:d:Url", fault.Key);
        Assert.Contains("KeyFromEnvironment", fault.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void No_provider_at_all_is_an_empty_catalog() => Assert.Empty(TestCatalog.Read("{}").All);

    [Fact]
    public void A_page_of_a_profile_can_be_switched_off()
    {
        var dataset = TestCatalog.Read("""
            { "t": { "Profile": "tiingo", "KeyFromEnvironment": "TEST_KEY", "Datasets": { "d": { "Calendar": "XNYS", "Tickers": ["X"], "PageUrl": "" } } } }
            """).Get("d");
        Assert.Equal([CheckMethod.Get], dataset.Methods);
    }

    [Fact]
    public void A_budget_day_is_the_provider_s()
    {
        var budget = new DailyGetBudget("p", 1, NodaTime.DateTimeZoneProviders.Tzdb["America/New_York"]);
        var instant = new DateTimeOffset(2026, 3, 9, 3, 30, 0, TimeSpan.Zero);
        Assert.Equal(new DateOnly(2026, 3, 8), budget.DayOf(instant));
        Assert.Equal(new DateTimeOffset(2026, 3, 9, 4, 0, 0, TimeSpan.Zero), budget.NextDayAfter(instant));
    }
}
