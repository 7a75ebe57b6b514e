using EodPredict.Benchmarks;
using EodPredict.Benchmarks.Forecasting;
using EodPredict.Benchmarks.Orders;
using EodPredict.Benchmarks.Pages;
using EodPredict.Benchmarks.Scraping;
using EodPredict.Benchmarks.Scraping.Peers;

Suite[] suites =
[
    new("forecast", "planning a session date and training, by the number of tickers", ForecastSuite.PartNames, ForecastSuite.RunAsync),
    new("orders", "order ids and bulk recording", OrderSuite.PartNames, OrderSuite.RunAsync),
    new("pages", "each page of the dashboard, at 10,000 tickers of 250 sessions", [], PageSuite.RunAsync),
    new("scraping", "eod scrape at the limits of real servers, and at none", ScrapingSuite.PartNames, ScrapingSuite.RunAsync),
    new("peers", "the same work by the tools people use today; takes 12 minutes", PeerSuite.PartNames, PeerSuite.RunAsync),
    new("peer", "one of those that are .NET programs, as peers starts it", [], DotNetPeer.RunAsync),
];

if (args is not [var name, .. var parts] || suites.FirstOrDefault(suite => suite.Name == name) is not { } chosen)
{
    Console.Error.WriteLine("./eod bench SUITE [PART ...], on a quiet machine. Suites:");
    foreach (var suite in suites)
    {
        Console.Error.WriteLine($"  {suite.Name,-10} {suite.About}");
    }

    return 2;
}

if (chosen.Parts.Count > 0 && parts.FirstOrDefault(part => !chosen.Parts.Contains(part)) is { } unknown)
{
    Console.Error.WriteLine($"{name} has no part '{unknown}', only {string.Join(", ", chosen.Parts)}.");
    return 2;
}

await chosen.RunAsync(parts);
return 0;
