using EodPredict.Providers;

namespace EodPredict.Availability;

/// <summary>What checks and waiting cost, all in the same unit: usually that of one GET.</summary>
public sealed record CheckPrices
{
    /// <summary>The price of one GET, above zero. Default 1.</summary>
    public double Get { get; init; } = 1;

    /// <summary>What one GET costs beyond its price because the day's budget is short: the budget's shadow price. Default 0.</summary>
    public double ScarcityOfGet { get; init; }

    /// <summary>The price of one minute between arrival and the check that finds it, above zero. Default 0.1.</summary>
    public double Minute { get; init; } = 0.1;

    /// <summary>What it costs when the data arrived by the deadline, but was found only after it. Default 0.</summary>
    public double MissedDeadline { get; init; }

    /// <summary>
    /// How many tickers one check speaks for, at least 1. Tickers that arrive together are planned as one, with the law of their common
    /// arrival: each waits, so a minute costs as many times its price; the others' own GETs follow the find and are no part of the choice.
    /// </summary>
    public double TickersWaiting { get; init; } = 1;

    /// <summary>The cheap signals that may be asked first. Empty where there are none, or none is trusted.</summary>
    public IReadOnlyList<SignalTerms> Signals { get; init; } = [];

    internal double WholeGet => Get + ScarcityOfGet;

    internal double WholeMinute => Minute * TickersWaiting;

    internal void Validate()
    {
        if (!(WholeGet > 0) || !(Minute > 0) || !(MissedDeadline >= 0) || !(TickersWaiting >= 1) || !(ScarcityOfGet >= 0))
        {
            throw new ArgumentException($"A GET at {Get} + {ScarcityOfGet}, a minute at {Minute}, a missed deadline at {MissedDeadline} "
                + $"and {TickersWaiting} tickers waiting are no prices: GET and minute must be above zero, the others not negative.");
        }

        foreach (var signal in Signals)
        {
            if (signal.Method == CheckMethod.Get || !(signal.Price >= 0) || signal.FalseYes is not (>= 0 and <= 1) || signal.FalseNo is not (>= 0 and < 1))
            {
                throw new ArgumentException($"{signal} is no signal: its price must not be negative, its rates from 0 to 1.");
            }
        }
    }
}
