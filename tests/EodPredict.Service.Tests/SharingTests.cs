using System.Globalization;
using System.Text.Json;
using Npgsql;

namespace EodPredict.Service.Tests;

/// <summary>Two services on one database, watching one provider by one clock.</summary>
public sealed class SharingTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 23, 50, 0, TimeSpan.Zero);

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Two_services_make_each_check_once()
    {
        // Sessions of the calendar 24/7 close at the next midnight; the day before is still within the horizon.
        var rows = from day in Enumerable.Range(-1, 2)
                   from ticker in Enumerable.Range(0, 8)
                   let close = Start.Date.AddDays(day + 1)
                   select string.Create(CultureInfo.InvariantCulture,
                       $"T{ticker},{close.AddDays(-1):yyyy-MM-dd},{close:yyyy-MM-dd}T00:00:00Z,{close.AddMinutes(60 + (20 * ticker)):yyyy-MM-ddTHH:mm:ss}Z");
        var series = _folder.Write("arrivals.csv", "ticker,session_date,close_utc,available_at_utc\n" + string.Join('\n', rows) + "\n");
        (string, string)[] clock =
        [
            ("Eod:Clock:Speed", "720"), ("Eod:Clock:WallOrigin", TestTime.Wall.GetUtcNow().ToString("O")), ("Eod:Clock:ServiceOrigin", Start.ToString("O")),
        ];
        await using var vendor = EodProcess.Start(_folder, ["vendor", "--port", "0", "--series", series], clock);
        await TestTime.UntilAsync("the vendor listens", () => Task.FromResult(vendor.Url.Length > 0));
        (string, string)[] settings = [.. clock, .. Watching(vendor.Url)];

        await using var one = await EodProcess.ServeAsync(_folder, settings);
        await using var other = await EodProcess.ServeAsync(_folder, settings);
        await TestTime.UntilAsync("every session is found", async () => await CountAsync("session where state = 'found'") == 16);

        Assert.Equal(2, await CountAsync("worker"));
        Assert.Equal(16, await CountAsync("payload"));
        Assert.Equal(16, await CountAsync("observation where outcome = 'available'"));
        using var account = JsonDocument.Parse(await vendor.ReadAsync("account"));
        Assert.Equal(await CountAsync("observation where method = 'GET'"), account.RootElement.GetProperty("gets").GetInt64());
    }

    private static IEnumerable<(string, string)> Watching(string vendor)
    {
        const string Provider = "Eod:Providers:vendor";
        yield return ($"{Provider}:BaseAddress", vendor);
        yield return ($"{Provider}:Datasets:bars:Calendar", "24/7");
        yield return ($"{Provider}:Datasets:bars:Url", "eod/{ticker}?date={date}");
        yield return ($"{Provider}:Datasets:bars:PublicationDelay", "2h");
        yield return ($"{Provider}:Datasets:bars:Rules:Format", "Json");
        yield return ($"{Provider}:Datasets:bars:Rules:Date", "/date");
        for (var ticker = 0; ticker < 8; ticker++)
        {
            yield return (string.Create(CultureInfo.InvariantCulture, $"{Provider}:Datasets:bars:Tickers:{ticker}"), string.Create(CultureInfo.InvariantCulture, $"T{ticker}"));
        }
    }

    private async Task<long> CountAsync(string rows)
    {
        await using var connection = new NpgsqlConnection($"Host={_folder.Data};Username=eod;Database=eod;Pooling=false");
        await connection.OpenAsync();
        await using var count = new NpgsqlCommand($"select count(*) from eod.{rows}", connection);
        return (long)(await count.ExecuteScalarAsync())!;
    }
}
