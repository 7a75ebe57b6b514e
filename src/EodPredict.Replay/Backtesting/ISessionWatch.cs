using EodPredict.Forecasting;

namespace EodPredict.Replay.Backtesting;

/// <summary>One session as a policy watches it. All times are since the close.</summary>
internal interface ISessionWatch
{
    /// <summary>What is believed of it at its opening; null where the policy has no law.</summary>
    ArrivalLaw? Law { get; }

    /// <summary>When to check first.</summary>
    TimeSpan First();

    /// <summary>When to check next, knowing that it was not there at this time: later than it, at the latest at the horizon.</summary>
    TimeSpan AfterNotYet(TimeSpan sinceClose);
}
