namespace EodPredict.Benchmarks.Pages;

/// <summary>How long each page takes, warm, on a large installation.</summary>
internal static class PageSuite
{
    // A page, an address of it, and what the address asks for.
    private static readonly (string Name, string Address)[] Pages =
    [
        ("Today", "/"),
        ("Today, a filter", "/?q=T01"),
        ("Today, those late", "/?show=late"),
        ("Today, a far page", "/?page=100"),
        ("Today, one batch opened", "/?with=T00020"),
        ("Today as CSV", "/?csv=today"),
        ("Why, of a batch", $"/why?dataset=us&ticker={YearOfTickers.Batched}&date=2026-11-20"),
        ("Why, of a group", $"/why?dataset=us&ticker={YearOfTickers.Alone}&date=2026-11-20"),
        ("Why, a session that is over", $"/why?dataset=us&ticker={YearOfTickers.Alone}&date=2026-10-20"),
        ("Availability", "/availability"),
        ("Availability, a filter", "/availability?dataset=us&q=T01"),
        ("Availability, a far page", "/availability?dataset=us&page=200"),
        ("Throttle", "/throttle"),
        ("Scrapes", "/scrapes"),
        ("Models", "/models"),
        ("Orders", "/orders"),
        ("Orders, a search", "/orders?q=fill-499"),
        ("Orders, a search in vain", "/orders?q=nowhere"),
        ("Jobs", "/jobs"),
        ("Jobs, a ticker", "/jobs?q=T09001"),
        ("Jobs, a dataset's checks", "/jobs?q=us&kind=check"),
        ("API", "/api/sessions"),
        ("API", "/api/sessions/history"),
        ("API", "/api/sessions/history?ticker=T09001"),
        ("API", "/api/observations?dataset=us&ticker=T09001"),
        ("API", "/api/runs?q=T09001"),
        ("API", "/api/orders/recorded"),
    ];

    /// <param name="parts">The beginnings of names of pages; none for all.</param>
    public static async Task RunAsync(string[] parts)
    {
        await using var server = await BenchmarkServer.StartNewAsync();
        var folder = Directory.CreateTempSubdirectory("eod-bench-pages-").FullName;
        try
        {
            Tell("Writing a year of 10,000 tickers");
            await YearOfTickers.WriteHistoryAsync(server);
            Tell("The service opens the last session date");
            await using var service = await ServedYear.StartAsync(server, folder);
            await ServedYear.OpenedAsync(server);
            await YearOfTickers.WriteLastDateAsync(server);
            await server.RunAsync("vacuum analyze");
            Tell("Timing pages");
            using var http = new HttpClient { BaseAddress = service.Url };
            var figures = new List<Figure>();
            foreach (var (name, address) in Pages.Where(page =>
                parts is [] || parts.Any(part => page.Name.StartsWith(part, StringComparison.OrdinalIgnoreCase))))
            {
                figures.Add(await PageTimes.MeasureAsync(http, name, address));
            }

            FigureTable.Print($"./eod bench {string.Join(' ', ["pages", .. parts])}", figures);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Tell(string what) => Console.Error.WriteLine($"{BenchmarkTime.Wall.GetUtcNow():HH:mm:ss} {what}");
}
