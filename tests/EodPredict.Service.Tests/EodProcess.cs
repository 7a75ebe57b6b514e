using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace EodPredict.Service.Tests;

/// <summary>The built <c>eod</c> as a real process, in a folder of the test's own, without the environment's own configuration.</summary>
public sealed partial class EodProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) };

    private EodProcess(Process process) => _process = process;

    public string Output => Text(_output);

    public string Error => Text(_error);

    public string Url => ListeningOn().Match(Output).Groups["url"].Value;

    /// <summary>Starts <c>eod</c>. Its data folder is the test's, unless <paramref name="settings"/> says otherwise.</summary>
    public static EodProcess Start(TestFolder folder, IEnumerable<string> arguments, params (string Key, string Value)[] settings)
    {
        // A shell that runs the tests in the background has them ignore SIGINT, and what they start inherits that.
        var program = Path.Combine(AppContext.BaseDirectory, "eod.dll");
        var start = new ProcessStartInfo("env", ["--default-signal=INT", "dotnet", program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder.PathOf(""),
        };
        foreach (var inherited in start.Environment.Keys.Where(IsConfiguration).ToList())
        {
            start.Environment.Remove(inherited);
        }

        start.Environment["Eod__DataFolder"] = folder.Data;
        foreach (var (key, value) in settings)
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        var eod = new EodProcess(new Process { StartInfo = start });
        eod._process.OutputDataReceived += (_, line) => Append(eod._output, line.Data);
        eod._process.ErrorDataReceived += (_, line) => Append(eod._error, line.Data);
        eod._process.Start();
        eod._process.BeginOutputReadLine();
        eod._process.BeginErrorReadLine();
        return eod;
    }

    /// <summary>Starts <c>eod serve</c> on a free port and returns when it listens.</summary>
    public static async Task<EodProcess> ServeAsync(TestFolder folder, params (string Key, string Value)[] settings)
    {
        var eod = Start(folder, ["serve", "--port", "0"], settings);
        await TestTime.UntilAsync("eod serve listens", () => eod._process.HasExited
            ? throw new InvalidOperationException($"eod serve ended: {eod.Output} {eod.Error}")
            : Task.FromResult(eod.Url.Length > 0));
        return eod;
    }

    /// <summary>Runs <c>eod</c> to its end.</summary>
    public static async Task<EodProcess> RunAsync(
        TestFolder folder, IEnumerable<string> arguments, params (string Key, string Value)[] settings)
    {
        var eod = Start(folder, arguments, settings);
        await eod.ExitCodeAsync();
        return eod;
    }

    public async Task<int> ExitCodeAsync(TimeSpan? longest = null)
    {
        using var patience = new CancellationTokenSource(longest ?? Patience, TestTime.Wall);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    public async Task<HttpStatusCode> StatusOfAsync(string path)
    {
        try
        {
            using var reply = await _http.GetAsync(new Uri(Url + path));
            return reply.StatusCode;
        }
        catch (HttpRequestException)
        {
            return 0;
        }
    }

    public Task<string> ReadAsync(string path) => _http.GetStringAsync(new Uri(Url + path));

    public void Signal(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await ExitCodeAsync();
        }

        _process.Dispose();
        _http.Dispose();
    }

    private static bool IsConfiguration(string variable) =>
        variable.StartsWith("Eod__", StringComparison.OrdinalIgnoreCase)
        || variable.StartsWith("ConnectionStrings__", StringComparison.OrdinalIgnoreCase);

    private static void Append(StringBuilder text, string? line)
    {
        lock (text)
        {
            text.AppendLine(line);
        }
    }

    private static string Text(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString().Trim();
        }
    }

    [GeneratedRegex(@"Listening on (?<url>https?://\S+)")]
    private static partial Regex ListeningOn();
}
