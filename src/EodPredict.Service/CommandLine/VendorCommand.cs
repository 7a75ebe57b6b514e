using System.CommandLine;
using System.Globalization;
using EodPredict.Jobs;
using EodPredict.Replay;
using EodPredict.Replay.Recorded;
using EodPredict.Service.Configuration;

namespace EodPredict.Service.CommandLine;

/// <summary><c>eod vendor</c>: the replay provider alone, until it is told to stop.</summary>
internal static class VendorCommand
{
    private const int DefaultPort = 5090;

    public static Command Create()
    {
        var series = new Option<string?>("--series")
        {
            Description = $"The recorded series ({string.Join(", ", RecordedSamples.Names)}) or a file like them. Default: rki.",
        };
        var port = new Option<int?>("--port") { Description = $"The port on this machine; 0 takes a free one. Default: {DefaultPort}." };
        var from = new Option<DateTimeOffset?>("--from")
        {
            Description = $"What its clock shows at first, such as 2026-08-01T00:00Z. Default: {ClockOptions.Section}, or the real time.",
        };
        var speed = new Option<double>("--speed") { Description = "How many times as fast its clock runs.", DefaultValueFactory = _ => 1 };
        var json = JsonOption.Create();
        var command = new Command(
            "vendor",
            "Runs the replay provider alone; limits, faults and answers are set under "
            + $"{ReplayProviderOptions.Section}, as by --set {ReplayProviderOptions.Section}:Throttle:Limit=5.")
        {
            series, port, from, speed, json,
        };
        command.SetAction(async (asked, cancellationToken) =>
        {
            var configuration = asked.Configuration();
            var options = Options(configuration);
            options.Series = asked.GetValue(series) ?? options.Series;
            options.Port = asked.GetValue(port) ?? (options.Port == 0 ? DefaultPort : options.Port);
            var now = SystemClock.Wall.GetUtcNow();
            var scale = asked.GetValue(from) is null && asked.GetValue(speed) == 1
                ? ClockOptions.Read(configuration).ToTimeScale()
                : new TimeScale(now, (asked.GetValue(from) ?? now).ToUniversalTime(), asked.GetValue(speed));
            await RunAsync(options, new ScaledTimeProvider(scale, SystemClock.Wall), asked.GetValue(json), cancellationToken);
            return ExitCode.Done;
        });
        return command;
    }

    private static ReplayProviderOptions Options(IConfiguration configuration)
    {
        try
        {
            var options = new ReplayProviderOptions();
            configuration.GetSection(ReplayProviderOptions.Section).Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
            return options;
        }
        catch (InvalidOperationException e)
        {
            throw new ConfigurationFaultException([$"{ReplayProviderOptions.Section}: {(e.InnerException ?? e).Message}"]);
        }
    }

    private static async Task RunAsync(ReplayProviderOptions options, TimeProvider clock, bool asJson, CancellationToken cancellationToken)
    {
        var days = await RecordedDays.LoadAsync(RecordedSamples.Locate(options.Series), cancellationToken);
        await using var provider = await ReplayProvider.StartAsync(options, days, clock, SystemClock.Wall, cancellationToken);
        if (asJson)
        {
            JsonOption.Write(new { Url = provider.BaseAddress, options.Series, Tickers = days.Tickers, ClockAt = clock.GetUtcNow() });
        }
        else
        {
            CommandConsole.Facts.Line(string.Create(
                CultureInfo.InvariantCulture,
                $"Listening on {provider.BaseAddress} with {days.Tickers.Count} tickers of {options.Series}; "
                + $"its clock shows {clock.GetUtcNow():yyyy-MM-dd HH:mm} UTC"));
            CommandConsole.Facts.Line($"  {provider.BaseAddress}eod/{days.Tickers[0]}?date={days.SessionDates[^1]:yyyy-MM-dd}");
            CommandConsole.Facts.Line($"  {provider.BaseAddress}status");
        }

        await Task.Delay(Timeout.InfiniteTimeSpan, SystemClock.Wall, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
