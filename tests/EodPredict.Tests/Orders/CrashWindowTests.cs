using Xunit.Abstractions;

namespace EodPredict.Tests.Orders;

/// <summary>Every crash window on a real server with fsync on, again and again: no id is seen twice, ever.</summary>
public sealed class CrashWindowTests(ITestOutputHelper log)
{
    private const int RunsOfEach = 10;
    private const int RunsOfTheOther = 2;
    private const int LongRunsOfEach = 100;

    [Theory]
    [InlineData("sequence")]
    [InlineData("counter")]
    public Task No_crash_gives_out_an_id_twice(string authority) => PassAsync(
        authority,
        authority == "sequence" ? RunsOfEach : RunsOfTheOther,
        [.. Enum.GetValues<CrashWindow>().Where(window => authority == "sequence" || !NeedsStandby(window))]);

    [Theory]
    [Trait("Category", "Long")]
    [InlineData("sequence")]
    [InlineData("counter")]
    public Task No_crash_of_hundreds_gives_out_an_id_twice(string authority) =>
        PassAsync(authority, LongRunsOfEach, Enum.GetValues<CrashWindow>());

    // A standby is a copy of the log, whatever the ids come from.
    private static bool NeedsStandby(CrashWindow window) => window is CrashWindow.SynchronousPromotion or CrashWindow.AsynchronousPromotion;

    // Half of them on a server of their own at the same time: most of a crash is waiting.
    private Task PassAsync(string authority, int runs, CrashWindow[] those) => Task.WhenAll(
        those.Index().GroupBy(window => window.Index % 2, window => window.Item).Select(half => PassOnOneAsync(authority, runs, [.. half])));

    private async Task PassOnOneAsync(string authority, int runs, CrashWindow[] those)
    {
        await using var windows = await CrashWindows.StartAsync(authority);
        var passed = those.ToDictionary(window => window, _ => (Runs: 0, Ids: 0L));
        try
        {
            for (var run = 0; run < runs; run++)
            {
                foreach (var window in those)
                {
                    var before = windows.Seen.Count;
                    await windows.PassAsync(window);
                    windows.Seen.AssertNoneTwice();
                    passed[window] = (run + 1, passed[window].Ids + windows.Seen.Count - before);
                }
            }
        }
        finally
        {
            log.WriteLine(string.Join('\n', passed.Select(
                window => $"{authority}, {window.Key}: {window.Value.Runs} runs, {window.Value.Ids} ids seen")));
        }

        Assert.True(windows.Seen.Count > runs * those.Length * 10);
    }
}
