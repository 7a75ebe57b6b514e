using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace EodPredict.Service.Tests.Browser;

/// <summary>A headless Chromium with one page, driven through its own protocol. What the page asks for and complains of is kept.</summary>
internal sealed partial class Chromium : IAsyncDisposable
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private readonly Process _process;
    private readonly ClientWebSocket _socket = new();
    private readonly DirectoryInfo _profile;
    private int _calls;

    private Chromium(Process process, DirectoryInfo profile) => (_process, _profile) = (process, profile);

    /// <summary>Where it is; null where it is not installed.</summary>
    public static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);

    /// <summary>The hosts that pages have asked, with their ports.</summary>
    public HashSet<string> Hosts { get; } = [];

    /// <summary>Errors and warnings of the console.</summary>
    public List<string> Complaints { get; } = [];

    public static async Task<Chromium> StartAsync()
    {
        var profile = Directory.CreateTempSubdirectory("eod-chromium-");
        var start = new ProcessStartInfo(
            Program!,
            ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--remote-debugging-port=0",
                $"--user-data-dir={profile.FullName}", "about:blank"])
        {
            RedirectStandardError = true,
        };
        var chromium = new Chromium(Process.Start(start)!, profile);
        var port = "";
        while (port.Length == 0 && await chromium._process.StandardError.ReadLineAsync() is { } line)
        {
            port = Listening().Match(line).Groups[1].Value;
        }

        // A pipe that nobody empties would stop it.
        _ = chromium._process.StandardError.ReadToEndAsync();
        using var http = new HttpClient();
        var pages = JsonNode.Parse(await http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/json/list")))!.AsArray();
        var address = pages.First(page => (string?)page!["type"] == "page")!["webSocketDebuggerUrl"]!;
        await chromium._socket.ConnectAsync(new Uri((string)address!), CancellationToken.None);
        foreach (var domain in new[] { "Page", "Runtime", "Log", "Network" })
        {
            await chromium.CallAsync($"{domain}.enable");
        }

        return chromium;
    }

    /// <summary>Opens an address and waits until it is there.</summary>
    public async Task OpenAsync(string address)
    {
        await GoAsync(address);
        await UntilAsync($"location.href === {JsonSerializer.Serialize(address)} && document.readyState === 'complete'");
    }

    /// <summary>Opens an address that may lead to another.</summary>
    public Task GoAsync(string address) => CallAsync("Page.navigate", ("url", address));

    /// <summary>Looks through a window of this width in CSS pixels, light or dark.</summary>
    public async Task LookAsync(int width, bool dark = false)
    {
        await CallAsync("Emulation.setDeviceMetricsOverride", ("width", width), ("height", 900), ("deviceScaleFactor", 1), ("mobile",
            width < 600));
        var scheme = new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = dark ? "dark" : "light" };
        await CallAsync("Emulation.setEmulatedMedia", ("features", new JsonArray(scheme)));
    }

    /// <summary>The value of an expression.</summary>
    public async Task<JsonNode?> EvaluateAsync(string expression) =>
        (await CallAsync("Runtime.evaluate", ("expression", expression), ("returnByValue", true), ("awaitPromise",
            true)))["result"]!["value"];

    /// <summary>Waits until an expression is true.</summary>
    public Task UntilAsync(string expression) =>
        TestTime.UntilAsync(expression, async () =>
            await EvaluateAsync(expression) is JsonValue value && value.TryGetValue(out bool holds) && holds);

    /// <summary>A picture of the whole page, as PNG.</summary>
    public async Task<byte[]> PictureAsync() =>
        Convert.FromBase64String((string)(await CallAsync("Page.captureScreenshot", ("captureBeyondViewport", true)))["data"]!);

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _profile.Delete(recursive: true);
    }

    private async Task<JsonNode> CallAsync(string method, params (string Name, JsonNode Value)[] parameters)
    {
        var id = ++_calls;
        var call = new JsonObject
        {
            ["id"] = id, ["method"] = method, ["params"] = new JsonObject(parameters.Select(p =>
                KeyValuePair.Create(p.Name, (JsonNode?)p.Value))),
        };
        await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(call), WebSocketMessageType.Text, true, CancellationToken.None);
        while (true)
        {
            var message = await ReceiveAsync();
            if ((int?)message["id"] == id)
            {
                return message["result"] ?? throw new InvalidOperationException($"{method}: {message["error"]}");
            }

            Note(message);
        }
    }

    private async Task<JsonNode> ReceiveAsync()
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[1 << 16];
        while (true)
        {
            var part = await _socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
            bytes.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
            {
                return JsonNode.Parse(bytes.ToArray())!;
            }
        }
    }

    private void Note(JsonNode told)
    {
        switch ((string?)told["method"])
        {
            case "Network.requestWillBeSent" when Uri.TryCreate((string?)told["params"]!["request"]!["url"], UriKind.Absolute,
                out var asked):
                Hosts.Add(asked.Authority);
                break;
            case "Log.entryAdded":
                Complaints.Add($"{told["params"]!["entry"]!["text"]} {told["params"]!["entry"]!["url"]}");
                break;
            case "Runtime.exceptionThrown":
                Complaints.Add(told["params"]!["exceptionDetails"]!.ToJsonString());
                break;
        }
    }

    [GeneratedRegex(@"DevTools listening on ws://127\.0\.0\.1:(\d+)/")]
    private static partial Regex Listening();
}
