using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace EodPredict.Providers.Calendars;

/// <summary>Registers the market calendars.</summary>
public static class CalendarServiceCollectionExtensions
{
    /// <summary>
    /// <see cref="MarketCalendars"/>, with the files of <c>Eod:CalendarFolder</c> where it is set. A bad file stops the start with
    /// <see cref="CalendarFileException"/>; later on it is refused in the log and the calendar before it stays in force. Needs the wall
    /// clock (<see cref="Jobs.WallClock"/>).
    /// </summary>
    public static IServiceCollection AddMarketCalendars(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<CalendarOptions>()
            .Bind(configuration.GetSection("Eod"))
            .Validate(
                options => options.CalendarPollInterval > TimeSpan.Zero && options.CalendarPollInterval < TimeSpan.FromDays(1),
                "Eod:CalendarPollInterval must be more than zero and less than a day, such as 00:00:10.")
            .ValidateOnStart();
        services.AddSingleton(provider =>
        {
            var folder = provider.GetRequiredService<IOptions<CalendarOptions>>().Value.CalendarFolder;
            return string.IsNullOrWhiteSpace(folder) ? new MarketCalendars() : new MarketCalendars(folder);
        });
        return services.AddHostedService<CalendarReload>();
    }
}
