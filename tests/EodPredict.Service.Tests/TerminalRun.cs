using System.Diagnostics;

namespace EodPredict.Service.Tests;

/// <summary>The built <c>eod</c> on a terminal of its own, by <c>script</c> of util-linux.</summary>
internal static class TerminalRun
{
    /// <returns>All that the terminal was sent, colours among it.</returns>
    public static async Task<string> RunAsync(TestFolder folder, IEnumerable<string> arguments, params (string Key, string Value)[] settings)
    {
        var line = string.Join(' ', ((string[])["dotnet", Path.Combine(AppContext.BaseDirectory, "eod.dll"), .. arguments])
            .Select(word => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'"));
        var start = new ProcessStartInfo("script", ["-qec", $"stty cols 160; {line}", "/dev/null"])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, WorkingDirectory = folder.PathOf(""),
        };
        start.Environment["TERM"] = "xterm-256color";
        start.Environment["Eod__DataFolder"] = folder.Data;
        start.Environment.Remove("NO_COLOR");
        foreach (var (key, value) in settings)
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        using var process = Process.Start(start)!;
        var shown = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return shown;
    }
}
