using EodPredict.Forecasting;

namespace EodPredict.Replay.Backtesting;

/// <summary>Decides the checks of one ticker, from what its own checks revealed.</summary>
internal interface ITickerPolicy
{
    /// <summary>A session opens at its close.</summary>
    ISessionWatch Open(DateOnly sessionDate, DateTimeOffset close);

    /// <summary>A session has ended: it was found, or the horizon passed.</summary>
    void Learn(PastArrival past);
}
