using EodPredict.Availability;
using EodPredict.Forecasting;
using EodPredict.Replay.Recorded;

namespace EodPredict.Replay.Backtesting;

/// <summary>
/// Plays recorded arrivals against a policy in virtual time: the same decisions as live, learning only from what its own checks revealed.
/// The outcome depends on file and options alone.
/// </summary>
public static class Backtest
{
    private static readonly TimeSpan FixedGap = TimeSpan.FromMinutes(30);

    /// <summary>Reads the arrivals, plays them, writes the checks and the summary where asked, and reports.</summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="RecordedDaysException">A line of the file cannot be used.</exception>
    public static async Task<BacktestReport> RunAsync(
        BacktestOptions options, IProgress<BacktestProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var sessions = (await RecordedDays.LoadAsync(options.ArrivalsPath, cancellationToken).ConfigureAwait(false)).Sessions;
        var played = await Task.Run(() => Play(sessions, options, progress, cancellationToken), cancellationToken).ConfigureAwait(false);
        var scoredFrom = sessions.Select(s => s.SessionDate).Distinct().TakeLast(options.LastDays).First();
        BacktestCheck[] checks = [.. played.Checks.Where(c => c.SessionDate >= scoredFrom)];
        var report = BacktestReport.Of(
            sessions, s => s.SessionDate >= scoredFrom, checks, options.GetCost, options.DelayCostPerMinute, options.Horizon);
        report = report with { Calibration = LawCalibration.Of([.. played.Foretold.Where(f => f.SessionDate >= scoredFrom)]) };
        if (options.SignalCost is { } price)
        {
            report = report.With((double)played.Signals.Count(date => date >= scoredFrom) / Math.Max(1, report.Sessions), price);
        }

        if (options.ChecksPath is { } checksPath)
        {
            await ChecksFile.WriteAsync(checksPath, checks, cancellationToken).ConfigureAwait(false);
        }

        if (options.SummaryPath is { } summaryPath)
        {
            await File.WriteAllTextAsync(summaryPath, report.ToJson() + "\n", cancellationToken).ConfigureAwait(false);
        }

        return report;
    }

    /// <summary>Plays all sessions.</summary>
    internal static PlayedBacktest Play(
        IReadOnlyList<RecordedSession> sessions,
        BacktestOptions options,
        IProgress<BacktestProgress>? progress,
        CancellationToken cancellationToken)
    {
        var warm = sessions.Select(s => s.SessionDate).Distinct().Order().Skip(options.WarmupDays).FirstOrDefault(DateOnly.MaxValue);
        var played = 0;
        PlayedSignal? signal = options.SignalCost is { } price ? new PlayedSignal(price, options.SignalFalse) : null;
        var player = new ProviderPlayer(sessions, warm, options.WarmupInterval, options.Horizon, signal);
        var policy = PolicyFor(options, signal, cancellationToken);
        return player.Play(policy, () => progress?.Report(new BacktestProgress(++played, sessions.Count)), cancellationToken);
    }

    private static IProviderPolicy PolicyFor(BacktestOptions options, PlayedSignal? signal, CancellationToken cancellationToken)
    {
        var prior = ArrivalPrior.Unknown(options.Horizon);
        var prices = new CheckPrices { Get = options.GetCost, Minute = options.DelayCostPerMinute };
        return options.Policy switch
        {
            BacktestPolicy.Fixed => new EachAlone(() => new FixedPolicy(FixedGap, options.Horizon), options.Jobs),
            BacktestPolicy.Quantile => new EachAlone(
                () => new QuantilePolicy(options.GetCost, options.DelayCostPerMinute, options.Horizon), options.Jobs),
            BacktestPolicy.Expert => new EachAlone(() => new ExpertPolicy(prior, prices), options.Jobs),
            _ => new SharedPolicy(prior, prices, signal, options, cancellationToken),
        };
    }
}
