using System.Text.RegularExpressions;
using EodPredict.Hangfire;
using EodPredict.Jobs;
using EodPredict.Tests.Database;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace EodPredict.Tests.Jobs;

public sealed class HangfireDashboardTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task The_dashboard_shows_jobs_by_their_titles()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services
            .AddSingleton(database.DataSource)
            .AddSingleton(TestTime.Wall)
            .AddSingleton(TimeScale.Real)
            .AddKeyedSingleton(WallClock.Key, TestTime.Wall)
            .AddJobBodies()
            .AddJobEngine();
        await using var service = builder.Build();
        service.MapJobDashboard(new DashboardContent(
            [new("Today & now", "/")], [new("answer", "The answer", (_, _) => Task.FromResult(42L))],
            key => key.Kind == "check" ? $"/why?session={key.Id}" : null, _ => true));
        await service.StartAsync();
        var engine = service.Services.GetRequiredService<IJobEngine>();
        await engine.ScheduleAsync([new(new("check", "1"), TestTime.Wall.GetUtcNow().AddDays(1), "Check <AAPL> 2026-11-20")], CancellationToken.None);
        await engine.RepeatAsync(new(new("train", "rki"), "0 2 * * *", "America/New_York", MissedRuns.RunOnce, "Train rki"), CancellationToken.None);

        using var http = new HttpClient { BaseAddress = new(service.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) };
        Assert.Contains("Check &lt;AAPL&gt; 2026-11-20", await http.GetStringAsync("/hangfire/jobs/scheduled"), StringComparison.Ordinal);
        Assert.Contains("Train rki", await http.GetStringAsync("/hangfire/recurring"), StringComparison.Ordinal);
        Assert.Contains("EodPredict jobs", await http.GetStringAsync("/hangfire"), StringComparison.Ordinal);
        var home = await http.GetStringAsync("/hangfire");
        Assert.Contains("<a href=\"/\">", home, StringComparison.Ordinal);
        Assert.Contains("Today &amp; now", home, StringComparison.Ordinal);
        Assert.Matches("The answer", home);
        Assert.Contains("42", home, StringComparison.Ordinal);
        var details = Regex.Match(await http.GetStringAsync("/hangfire/jobs/scheduled"), "/hangfire/jobs/details/[0-9]+").Value;
        Assert.Contains("href=\"/why?session=1\"", await http.GetStringAsync(details), StringComparison.Ordinal);
        await service.StopAsync();
    }
}
