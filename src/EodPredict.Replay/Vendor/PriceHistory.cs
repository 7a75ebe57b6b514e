namespace EodPredict.Replay.Vendor;

/// <summary>
/// Prices that look real and depend on the seed, the ticker and the date alone: slow waves with daily noise about a level of the ticker's
/// own, each open near the close before, high and low around both.
/// </summary>
internal sealed class PriceHistory(int seed)
{
    private const double DailyNoise = 0.008;
    private static readonly double[] WaveDays = [1400, 260, 47];

    private readonly SeededChance _chance = new(seed);

    /// <summary>The bar of one session once its volume has settled.</summary>
    public PriceBar Settled(string ticker, DateOnly date)
    {
        var day = date.DayNumber;
        var (previous, close) = (Level(ticker, day - 1), Level(ticker, day));
        var open = previous * Math.Exp(DailyNoise / 3 * _chance.DrawNormal("open", ticker, day));
        var high = Math.Max(open, close) * (1 + DailyNoise * _chance.Draw("high", ticker, day));
        var low = Math.Min(open, close) * (1 - DailyNoise * _chance.Draw("low", ticker, day));
        var usualVolume = 200_000 * Math.Exp(4 * _chance.Draw("usual volume", ticker));
        var volume = (long)(usualVolume * Math.Exp(0.35 * _chance.DrawNormal("volume", ticker, day)));
        return new(ticker, date, Money(open), Money(high), Money(low), Money(close), volume);
    }

    /// <summary>The bar as first published: its volume short by up to 30 in a hundred.</summary>
    public PriceBar FirstPublished(string ticker, DateOnly date)
    {
        var bar = Settled(ticker, date);
        var missing = 0.01 + 0.29 * _chance.Draw("missing volume", ticker, date.DayNumber);
        return bar with { Volume = (long)(bar.Volume * (1 - missing)) };
    }

    private double Level(string ticker, int day)
    {
        var logarithm = Math.Log(20) + 3 * _chance.Draw("level", ticker) + DailyNoise * _chance.DrawNormal("day", ticker, day);
        for (var wave = 0; wave < WaveDays.Length; wave++)
        {
            var phase = _chance.Draw("phase", ticker, wave);
            logarithm += 0.05 * Math.Sqrt(WaveDays[wave] / WaveDays[^1]) * Math.Sin(2 * Math.PI * (day / WaveDays[wave] + phase));
        }

        return Math.Exp(logarithm);
    }

    private static decimal Money(double value) => Math.Round((decimal)value, 2);
}
