using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace EodPredict.Service.Tests;

/// <summary>
/// One installation on which commands of the docs are typed as they stand there: the first configuration of the README, a replay provider in
/// place of the real one a minute after a close, a running service, a history, a trained model and files under the names that docs give.
/// </summary>
public sealed partial class DocumentedInstallation : IAsyncLifetime, IDisposable
{
    private const string Items = "1..200";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly TestFolder _folder = new();
    private EodProcess? _vendor;
    private EodProcess? _service;
    private string _model = "";

    public async Task InitializeAsync()
    {
        _vendor = await LimitedVendor.StartAsync(_folder, "TokenBucket", 1000);
        var readme = DocumentedCommands.Blocks(Repository.Read("README.md")).Single(block => block.Language == "json").Text;
        _folder.Write("eod.json", readme.Replace("\"MSFT.US\"", "\"MSFT.US\", \"A\", \"B\", \"C\"", StringComparison.Ordinal));
        _folder.Write("FILE.csv", ModelHistory.Csv());
        _folder.Write("FILE", ModelHistory.Csv());
        _folder.Write("F.csv", "client_key,side\na,buy\nb,sell\n");
        _folder.Write("ids.txt", "a\nb\n");
        var program = _folder.Write("eod", $"#!/bin/sh\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, "eod.dll")}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        _service = await EodProcess.ServeAsync(_folder, [.. Settings()]);
        await TestTime.UntilAsync("the first GETs are planned", async () =>
        {
            using var sessions = JsonDocument.Parse(await _service.ReadAsync("/api/sessions"));
            return sessions.RootElement.GetProperty("entries").EnumerateArray().Count(session =>
                session.GetProperty("next_method").GetString() == "GET") >= 2;
        });
        await TypeAsync("eod import availability FILE.csv");
        _model = Version().Match(await TypeAsync("eod train --dataset us")).Value;
    }

    /// <summary>Types a line in a shell, with what stands for something else filled in.</summary>
    /// <returns>What it wrote to standard output.</returns>
    public async Task<string> TypeAsync(string line)
    {
        // What never ends by itself is watched for a while.
        var typed = Filled(line).Replace("curl -fsS -N", "timeout 2 curl -fsS -N", StringComparison.Ordinal);
        var start = new ProcessStartInfo("bash", ["-c", typed])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = _folder.PathOf(""),
        };
        start.Environment["PATH"] = $"{_folder.PathOf("")}:{start.Environment["PATH"]}";

        // The first key asks everybody for one: keys are those of another installation.
        start.Environment["Eod__DataFolder"] = line.Contains("eod keys", StringComparison.Ordinal) ? _folder.PathOf("") : _folder.Data;
        foreach (var (key, value) in Settings())
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        using var shell = Process.Start(start)!;
        shell.StandardInput.Close();
        var (written, error) = (shell.StandardOutput.ReadToEndAsync(), shell.StandardError.ReadToEndAsync());
        using var patience = new CancellationTokenSource(Patience, TestTime.Wall);
        await shell.WaitForExitAsync(patience.Token);
        var output = await written;
        Assert.True(shell.ExitCode == (typed.StartsWith("timeout", StringComparison.Ordinal) ? 124 : 0), $"{typed}: {output} {await error}");
        if (line.Contains("models rollback", StringComparison.Ordinal))
        {
            // A page goes on to speak of the model that serves.
            await TypeAsync("eod models promote --model V");
        }

        return output;
    }

    public async Task DisposeAsync()
    {
        await (_service?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_vendor?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    public void Dispose() => _folder.Dispose();

    private string Filled(string line)
    {
        var filled = Optional().Replace(line, "$1").Replace("https://host/", _vendor!.Url.TrimEnd('/') + "/", StringComparison.Ordinal)
            .Replace("1..20000", Items, StringComparison.Ordinal).Replace("--dataset D", "--dataset us", StringComparison.Ordinal)
            .Replace("--ticker T", "--ticker AAPL.US", StringComparison.Ordinal).Replace("--model V", $"--model {_model}", StringComparison.Ordinal)
            .Replace("--count N", "--count 5", StringComparison.Ordinal).Replace("--job NAME", "--job bars", StringComparison.Ordinal)
            .Replace("--last-days 700", "--last-days 5", StringComparison.Ordinal)
            .Replace("localhost:5080", _service?.Url.Replace("http://", "", StringComparison.Ordinal), StringComparison.Ordinal);
        return Curl().Replace(filled, "curl -fsS ");
    }

    private IEnumerable<(string Key, string Value)> Settings() =>
    [
        ("EODHD_TOKEN", "played"), ("HOST_KEY", "played"), ("Eod:Providers:eodhd:BaseAddress", _vendor!.Url),
        ("Eod:ModelsFolder", _folder.PathOf("models")),
        ("Eod:Clock:WallOrigin", TestTime.Wall.GetUtcNow().AddMinutes(-1).ToString("O")), ("Eod:Clock:ServiceOrigin", "2026-11-20T21:01:00Z"),
        .. _service is null ? [] : ((string, string)[])[("Eod:Urls", _service.Url)],
    ];

    [GeneratedRegex(@"\[([^\]]*)\]")]
    private static partial Regex Optional();

    [GeneratedRegex("curl (?!-f)")]
    private static partial Regex Curl();

    [GeneratedRegex(@"\d{8}-\d{6}")]
    private static partial Regex Version();
}
