using EodPredict.Jobs;
using EodPredict.Providers.Calendars;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EodPredict.Tests.Providers.Calendars;

public sealed class MarketCalendarsTests : IDisposable
{
    private static readonly DateOnly Day = new(2026, 11, 30);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("eod-calendars-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void An_unknown_name_is_an_error_that_lists_the_known_ones()
    {
        var error = Assert.Throws<UnknownCalendarException>(() => new MarketCalendars().Get("XPAR"));

        Assert.Contains("'XPAR'", error.Message, StringComparison.Ordinal);
        Assert.Contains("24/7, XETR, XHKG, XLON, XNAS, XNYS, XTKS", error.Message, StringComparison.Ordinal);
        Assert.False(new MarketCalendars().TryGet("XPAR", out _));
    }

    [Fact]
    public void Names_are_found_without_regard_to_case() => Assert.Equal("XNYS", new MarketCalendars().Get("xnys").Name);

    [Fact]
    public void A_file_of_the_folder_takes_the_place_of_a_built_in_calendar_and_adds_others()
    {
        Write("new-york.json", Calendar("XNYS", holiday: Day));
        Write("paris.json", Calendar("XPAR"));

        var calendars = new MarketCalendars(_folder);

        Assert.Null(calendars.Get("XNYS").SessionOn(Day));
        Assert.NotNull(calendars.Get("XPAR").SessionOn(Day));
        Assert.NotNull(calendars.Get("XNAS").SessionOn(Day));
        Assert.Contains("XPAR", calendars.Names);
    }

    [Fact]
    public void An_added_calendar_comes_before_the_others_and_no_file_replaces_it()
    {
        Write("new-york.json", Calendar("XNYS"));
        var calendars = new MarketCalendars(_folder);
        var recorded = MarketCalendar.FromSessions("XNYS", [new TradingSession(Day, new(2026, 11, 30, 20, 0, 0, TimeSpan.Zero), false)]);

        calendars.Add(recorded);
        Write("new-york.json", Calendar("XNYS", holiday: Day));
        calendars.Refresh();

        Assert.Same(recorded, calendars.Get("XNYS"));
    }

    [Fact]
    public void Bad_files_stop_the_start_with_all_their_faults_and_places()
    {
        var saturday = Write("a.json", Calendar("XPAR", holiday: new(2026, 11, 28)));
        var broken = Write("b.json", "{\n  \"name\" }");
        var rival = Write("c.json", Calendar("XAMS"));
        var second = Write("d.json", Calendar("xams"));

        var error = Assert.Throws<CalendarFileException>(() => new MarketCalendars(_folder));

        Assert.Equal(3, error.Faults.Count);
        Assert.Equal($"{saturday}:6: holiday 2026-11-28 is on a Saturday, a weekend day", error.Faults[0]);
        Assert.StartsWith($"{broken}:2: not JSON: ", error.Faults[1], StringComparison.Ordinal);
        Assert.Equal($"{second}: the calendar xams is already given by {rival}", error.Faults[2]);
        Assert.All(error.Faults, fault => Assert.Contains(fault, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_folder_that_is_not_there_stops_the_start()
    {
        var missing = Path.Combine(_folder, "missing");

        var error = Assert.Throws<CalendarFileException>(() => new MarketCalendars(missing));

        Assert.Contains($"{missing}: the folder of Eod:CalendarFolder cannot be read", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_turns_bad_leaves_the_calendar_before_it_in_force_until_it_is_good_again()
    {
        var file = Write("paris.json", Calendar("XPAR"));
        var calendars = new MarketCalendars(_folder);

        Write("paris.json", Calendar("XPAR", holiday: new(2026, 11, 28)));
        var refusal = Assert.Single(calendars.Refresh());
        Assert.Equal([$"{file}:6: holiday 2026-11-28 is on a Saturday, a weekend day"], refusal.Faults);
        Assert.NotNull(calendars.Get("XPAR").SessionOn(Day));
        Assert.Empty(calendars.Refresh());

        Write("paris.json", Calendar("XPAR", holiday: Day));
        Assert.Empty(Assert.Single(calendars.Refresh()).Faults);
        Assert.Null(calendars.Get("XPAR").SessionOn(Day));
    }

    [Fact]
    public void A_file_that_is_gone_gives_way_to_the_built_in_calendar_and_never_to_none()
    {
        var newYork = Write("new-york.json", Calendar("XNYS", holiday: Day));
        var paris = Write("paris.json", Calendar("XPAR", holiday: Day));
        var calendars = new MarketCalendars(_folder);

        File.Delete(newYork);
        File.Delete(paris);
        calendars.Refresh();

        Assert.NotNull(calendars.Get("XNYS").SessionOn(Day));
        Assert.Null(calendars.Get("XPAR").SessionOn(Day));

        Write("paris-again.json", Calendar("XPAR"));
        calendars.Refresh();
        Assert.NotNull(calendars.Get("XPAR").SessionOn(Day));
    }

    [Fact]
    public void A_name_is_free_again_when_the_file_that_had_it_is_gone()
    {
        var first = Write("a.json", Calendar("XPAR"));
        var calendars = new MarketCalendars(_folder);
        Write("b.json", Calendar("XPAR", holiday: Day));
        Assert.NotEmpty(Assert.Single(calendars.Refresh()).Faults);

        File.Delete(first);
        calendars.Refresh();

        Assert.Null(calendars.Get("XPAR").SessionOn(Day));
    }

    [Fact]
    public void A_folder_that_goes_away_is_reported_once_and_changes_nothing()
    {
        Write("paris.json", Calendar("XPAR"));
        var calendars = new MarketCalendars(_folder);

        Directory.Delete(_folder, recursive: true);
        Assert.NotEmpty(Assert.Single(calendars.Refresh()).Faults);
        Assert.Empty(calendars.Refresh());
        Assert.NotNull(calendars.Get("XPAR").SessionOn(Day));

        Directory.CreateDirectory(_folder);
        Write("paris.json", Calendar("XPAR", holiday: Day));
        calendars.Refresh();
        Assert.Null(calendars.Get("XPAR").SessionOn(Day));
    }

    [Fact]
    public async Task A_running_service_picks_up_changed_holidays_and_refuses_bad_files_in_its_log()
    {
        var file = Write("paris.json", Calendar("XPAR"));
        var log = new LogLines();
        using var host = Host(log, _folder, "00:00:00.050");
        await host.StartAsync();
        var calendars = host.Services.GetRequiredService<MarketCalendars>();
        Assert.NotNull(calendars.Get("XPAR").SessionOn(Day));

        Write("paris.json", Calendar("XPAR", holiday: Day));
        await Until(() => calendars.Get("XPAR").SessionOn(Day) is null);

        Write("paris.json", Calendar("XPAR", holiday: new(2026, 11, 28)));
        await Until(() => log.Contains($"{file}:6: holiday 2026-11-28 is on a Saturday, a weekend day"));
        Assert.Null(calendars.Get("XPAR").SessionOn(Day));
        await host.StopAsync();
    }

    [Fact]
    public async Task A_poll_interval_of_nothing_stops_the_start()
    {
        using var host = Host(new LogLines(), _folder, "00:00:00");

        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Contains("Eod:CalendarPollInterval", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_folder_the_built_in_calendars_serve()
    {
        using var host = Host(new LogLines(), null, null);
        await host.StartAsync();

        Assert.NotNull(host.Services.GetRequiredService<MarketCalendars>().Get("XNYS").SessionOn(Day));
        await host.StopAsync();
    }

    private static IHost Host(LogLines log, string? folder, string? interval)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?> { ["Eod:CalendarFolder"] = folder, ["Eod:CalendarPollInterval"] = interval ?? "00:00:10" });
        builder.Logging.AddProvider(log);
        builder.Services.AddKeyedSingleton(WallClock.Key, TestTime.Wall);
        builder.Services.AddMarketCalendars(builder.Configuration);
        return builder.Build();
    }

    private static async Task Until(Func<bool> holds)
    {
        using var patience = new CancellationTokenSource(Patience, TestTime.Wall);
        while (!holds())
            await Task.Delay(TimeSpan.FromMilliseconds(20), TestTime.Wall, patience.Token);
    }

    /// <summary>Writes as a careful editor does, and with a time of its own, however coarse the file system's are.</summary>
    private string Write(string name, string text)
    {
        var file = Path.Combine(_folder, name);
        var written = File.Exists(file)
            ? File.GetLastWriteTimeUtc(file).AddSeconds(1)
            : new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.WriteAllText(file + ".new", text);
        File.SetLastWriteTimeUtc(file + ".new", written);
        File.Move(file + ".new", file, overwrite: true);
        return file;
    }

    private static string Calendar(string name, DateOnly? holiday = null) => $$"""
        {
          "name": "{{name}}", "zone": "Europe/Paris", "first_year": 2026, "last_year": 2026,
          "weekend": ["Saturday", "Sunday"],
          "usual_closes": [{ "from": "2026-01-01", "close": "17:30" }],
          "holidays": [
            {{(holiday is { } date ? $$"""{ "date": "{{date:yyyy-MM-dd}}", "name": "Holiday" }""" : "")}}
          ],
          "early_closes": []
        }
        """;

    private sealed class LogLines : ILoggerProvider, ILogger
    {
        private readonly List<string> _lines = [];

        public bool Contains(string text)
        {
            lock (_lines)
                return _lines.Exists(line => line.Contains(text, StringComparison.Ordinal));
        }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel level, EventId id, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (_lines)
                _lines.Add(formatter(state, exception));
        }

        public void Dispose()
        {
        }
    }
}
