using EodPredict.Forecasting;

namespace EodPredict.Replay.Backtesting;

/// <summary>A GET every so often from the close on.</summary>
internal sealed class FixedPolicy(TimeSpan gap, TimeSpan horizon) : ITickerPolicy, ISessionWatch
{
    public ArrivalLaw? Law => null;

    public ISessionWatch Open(DateOnly sessionDate, DateTimeOffset close) => this;

    public void Learn(PastArrival past)
    {
    }

    public TimeSpan First() => AfterNotYet(TimeSpan.Zero);

    public TimeSpan AfterNotYet(TimeSpan sinceClose) => sinceClose + gap < horizon ? sinceClose + gap : horizon;
}
