using EodPredict.Replay.Backtesting;

namespace EodPredict.Service.CommandLine;

/// <summary>Tells how far a backtest is: in place on a terminal, a line each tenth in a pipe. Safe for concurrent use.</summary>
internal sealed class BacktestProgressText(TextWriter to, bool isPipe) : IProgress<BacktestProgress>
{
    private readonly Lock _lock = new();
    private int _told;

    public void Report(BacktestProgress value)
    {
        var percent = (int)(100L * value.Played / Math.Max(1, value.Sessions));
        lock (_lock)
        {
            if (percent < _told + (isPipe ? 10 : 1))
            {
                return;
            }

            _told = percent;
            if (isPipe)
            {
                to.WriteLine($"{percent}% of {value.Sessions} sessions played");
            }
            else
            {
                to.Write($"\r{percent}% of {value.Sessions} sessions played{(percent == 100 ? Environment.NewLine : "")}");
            }
        }
    }
}
