using EodPredict.Forecasting.Trees;

namespace EodPredict.Replay.Backtesting;

/// <summary>What to play and at which prices.</summary>
public sealed class BacktestOptions
{
    /// <summary>The CSV of recorded arrivals, one file a provider: ticker,session_date,close_utc,available_at_utc.</summary>
    public required string ArrivalsPath { get; init; }

    /// <summary>How many session dates at the end of the file are scored, at least 1.</summary>
    public required int LastDays { get; init; }

    /// <summary>Where every GET of the scored sessions is written; null: nowhere.</summary>
    public string? ChecksPath { get; init; }

    /// <summary>Where the summary is written as JSON; null: nowhere.</summary>
    public string? SummaryPath { get; init; }

    /// <summary>How many session dates at the start are learned as fixed polling saw them, not negative. Default 30.</summary>
    public int WarmupDays { get; init; } = 30;

    /// <summary>The gap of that polling, above zero. Default 15 minutes.</summary>
    public TimeSpan WarmupInterval { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>The price of a GET, above zero. Default 1.</summary>
    public double GetCost { get; init; } = 1;

    /// <summary>The price of a minute between arrival and find, above zero. Default 0.1.</summary>
    public double DelayCostPerMinute { get; init; } = 0.1;

    /// <summary>The price of a cheap signal, not negative; null: the provider has none. Default none. Only the learned policy asks it.</summary>
    public double? SignalCost { get; init; }

    /// <summary>The share of the signal's answers that are false, from 0 to below 1. The policy has to find it out. Default 0.</summary>
    public double SignalFalse { get; init; }

    /// <summary>How long after the close a session is watched, from 1 hour to 7 days. Default 48 hours.</summary>
    public TimeSpan Horizon { get; init; } = TimeSpan.FromHours(48);

    /// <summary>Who decides when to check. Default <see cref="BacktestPolicy.Learned"/>.</summary>
    public BacktestPolicy Policy { get; init; } = BacktestPolicy.Learned;

    /// <summary>Who fits the trees of the learned policy; null: it goes without.</summary>
    public ITreeLearner? Learner { get; init; }

    /// <summary>Which parts the learned policy goes without. Default none.</summary>
    public LearnedParts Without { get; init; }

    /// <summary>How many cores to use, at least 1. The outcome does not depend on it. Default 2.</summary>
    public int Jobs { get; init; } = 2;

    /// <exception cref="ArgumentException">An option is out of its range; the message names each.</exception>
    internal void Validate()
    {
        var faults = new List<string>();
        Check(LastDays >= 1, $"the last days are {LastDays}, but at least 1 must be scored");
        Check(WarmupDays >= 0, $"the warm-up days are {WarmupDays}, but cannot be negative");
        Check(WarmupInterval > TimeSpan.Zero, $"the warm-up interval is {WarmupInterval}, but must be above zero");
        Check(GetCost > 0 && double.IsFinite(GetCost), $"the price of a GET is {GetCost}, but must be above zero");
        Check(DelayCostPerMinute > 0 && double.IsFinite(DelayCostPerMinute), $"the price of a minute is {DelayCostPerMinute}, but must be above zero");
        Check(SignalCost is null or >= 0 && double.IsFinite(SignalCost ?? 0), $"the price of a signal is {SignalCost}, but cannot be negative");
        Check(SignalFalse is >= 0 and < 1, $"the share of false signals is {SignalFalse}, but must be from 0 to below 1");
        Check(SignalCost is null || Policy == BacktestPolicy.Learned, $"only the learned policy asks signals, not {Policy}");
        Check(Horizon >= TimeSpan.FromHours(1) && Horizon <= TimeSpan.FromDays(7), $"the horizon is {Horizon}, but must be from 1 hour to 7 days");
        Check(Jobs >= 1, $"the jobs are {Jobs}, but at least 1 is needed");
        if (faults.Count > 0)
        {
            throw new ArgumentException($"The backtest cannot start: {string.Join("; ", faults)}.");
        }

        void Check(bool holds, string fault)
        {
            if (!holds)
            {
                faults.Add(fault);
            }
        }
    }
}
