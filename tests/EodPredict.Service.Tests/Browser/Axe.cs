using System.Text.Json.Nodes;

namespace EodPredict.Service.Tests.Browser;

/// <summary>axe-core, which finds what keeps people with disabilities from using a page.</summary>
internal static class Axe
{
    private static readonly string[] Grave = ["serious", "critical"];

    /// <summary>Where it is; null where npm has not installed it.</summary>
    public static string? Program { get; } = (Environment.GetEnvironmentVariable("NODE_PATH") ?? "").Split(':')
        .Select(folder => Path.Combine(folder, "axe-core", "axe.min.js")).FirstOrDefault(File.Exists);

    /// <summary>What is serious or critical on the page that is open, with all that folds opened; one line a finding.</summary>
    public static async Task<IReadOnlyList<string>> FindAsync(Chromium browser)
    {
        await browser.EvaluateAsync(await File.ReadAllTextAsync(Program!));
        var found = (await browser.EvaluateAsync("""
            (() => {
                document.querySelectorAll('details').forEach(details => details.open = true);
                return axe.run(document, { resultTypes: ['violations'] }).then(result => result.violations.flatMap(violation =>
                    violation.nodes.map(node => ({ impact: violation.impact, id: violation.id, html: node.html, why: node.failureSummary }))));
            })()
            """))!.AsArray();
        return [.. found.Where(finding => Grave.Contains((string?)finding!["impact"])).Select(Told)];
    }

    private static string Told(JsonNode? finding) => $"{finding!["impact"]} {finding["id"]}: {finding["html"]} {finding["why"]}";
}
