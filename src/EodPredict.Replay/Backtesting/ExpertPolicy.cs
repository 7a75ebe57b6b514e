using EodPredict.Availability;
using EodPredict.Forecasting;

namespace EodPredict.Replay.Backtesting;

/// <summary>The expert mixture and the exact planner, the same code as live.</summary>
internal sealed class ExpertPolicy(ArrivalLaw prior, CheckPrices prices) : ITickerPolicy
{
    private readonly ExpertMixture _mixture = new(prior);

    public ISessionWatch Open(DateOnly sessionDate, DateTimeOffset close) => new Watch(_mixture.Forecast(sessionDate, close), prices);

    public void Learn(PastArrival past) => _mixture.Learn(past);

    private sealed class Watch(ArrivalLaw law, CheckPrices prices) : ISessionWatch
    {
        public ArrivalLaw Law => law;

        public TimeSpan First() => Plan(law, TimeSpan.Zero);

        public TimeSpan AfterNotYet(TimeSpan sinceClose) => Plan(law.GivenNotBy(sinceClose), sinceClose);

        private TimeSpan Plan(ArrivalLaw now, TimeSpan earliest) =>
            CheckPlanner.Plan(now, prices, new PlanningLimits(earliest, law.Horizon)).Next.At;
    }
}
