using EodPredict.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EodPredict.Providers.Calendars;

/// <summary>
/// Looks at the calendar folder for changes as long as the service runs. It compares files rather than wait for the file system's own
/// messages, which network and container volumes do not send.
/// </summary>
internal sealed partial class CalendarReload(
    MarketCalendars calendars,
    IOptions<CalendarOptions> options,
    [FromKeyedServices(WallClock.Key)] TimeProvider wall,
    ILogger<CalendarReload> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (string.IsNullOrWhiteSpace(options.Value.CalendarFolder))
            return;

        using var timer = new PeriodicTimer(options.Value.CalendarPollInterval, wall);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var news in calendars.Refresh())
            {
                if (news.Faults.Count > 0)
                    LogRefused(string.Join("\n  ", news.Faults));
                else
                    LogChanged(news.File, news.Text);
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "Calendar file {File}: {Text}.")]
    private partial void LogChanged(string file, string text);

    [LoggerMessage(LogLevel.Error, "Calendars were refused, what was in force stays in force. Correct and save:\n  {Faults}")]
    private partial void LogRefused(string faults);
}
