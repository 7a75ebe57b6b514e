using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace EodPredict.Benchmarks.Pages;

/// <summary><c>eod serve</c> on a year's data, as a process of its own. It opens the last session date by itself.</summary>
internal sealed partial class ServedYear : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _said = [];
    private readonly TaskCompletionSource<Uri> _listens = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServedYear(Process process) => _process = process;

    public Uri Url => _listens.Task.Result;

    /// <summary>Starts it and returns when it listens.</summary>
    public static async Task<ServedYear> StartAsync(BenchmarkServer server, string folder)
    {
        var tickers = Path.Combine(folder, "tickers.txt");
        await File.WriteAllLinesAsync(tickers, Enumerable.Range(0, YearOfTickers.Tickers).Select(n => $"T{n:00000}"));
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "eod.dll"), "serve", "--port", "0"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        (string Key, string Value)[] settings =
        [
            ("ConnectionStrings:Eod", server.Database.ConnectionString),
            ("Eod:DataFolder", folder),
            ("Eod:ModelsFolder", Path.Combine(folder, "models")),
            ("Eod:Clock:WallOrigin", BenchmarkTime.Wall.GetUtcNow().ToString("O")),
            ("Eod:Clock:ServiceOrigin", YearOfTickers.Start.ToString("O")),
            ("Eod:Providers:acme:BaseAddress", "http://127.0.0.1:9"),
            ("Eod:Providers:acme:DailyGetBudget", "15000"),
            ($"Eod:Providers:acme:Datasets:{YearOfTickers.Dataset}:Calendar", "XNYS"),
            ($"Eod:Providers:acme:Datasets:{YearOfTickers.Dataset}:TickersFile", tickers),
            ($"Eod:Providers:acme:Datasets:{YearOfTickers.Dataset}:Url", "/{ticker}?date={date}"),
            ($"Eod:Providers:acme:Datasets:{YearOfTickers.Dataset}:Rules:Format", "Json"),
            ($"Eod:Providers:acme:Datasets:{YearOfTickers.Dataset}:Rules:Date", "/date"),
        ];
        foreach (var (key, value) in settings)
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        var service = new ServedYear(new Process { StartInfo = start });
        service._process.OutputDataReceived += (_, line) => service.Hear(line.Data);
        service._process.ErrorDataReceived += (_, line) => service.Hear(line.Data);
        service._process.Start();
        service._process.BeginOutputReadLine();
        service._process.BeginErrorReadLine();
        await service._listens.Task.WaitAsync(Patience, BenchmarkTime.Wall);
        return service;
    }

    /// <summary>Returns when every session of the last date is open.</summary>
    public static async Task OpenedAsync(BenchmarkServer server)
    {
        var began = BenchmarkTime.Wall.GetTimestamp();
        while (await YearOfTickers.OpenAsync(server) < YearOfTickers.Tickers)
        {
            if (BenchmarkTime.Wall.GetElapsedTime(began) > Patience)
            {
                throw new TimeoutException("The service has not opened the last session date.");
            }

            await Task.Delay(TimeSpan.FromSeconds(1), BenchmarkTime.Wall);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            using var stop = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private void Hear(string? line)
    {
        if (line is not null && !_listens.Task.IsCompleted)
        {
            _said.Enqueue(line);
        }

        if (line is not null && ListeningOn().Match(line) is { Success: true } found)
        {
            _listens.TrySetResult(new Uri(found.Groups["url"].Value));
        }
        else if (line is null)
        {
            _listens.TrySetException(new InvalidOperationException($"eod serve ended before it listened: {string.Join(' ', _said)}"));
        }
    }

    [GeneratedRegex(@"Listening on (?<url>http\S+)")]
    private static partial Regex ListeningOn();
}
