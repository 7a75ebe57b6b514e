using EodPredict.Replay.Vendor;
using EodPredict.Scraping.Limit;

namespace EodPredict.Tests.Scraping.Simulation;

/// <summary>A scenario's server in virtual time: the replay provider's own limit, on a clock that the scenario speeds up.</summary>
internal sealed class SimulatedServer
{
    private static readonly TimeSpan RefusalTakes = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    private readonly Scenario _scenario;
    private readonly Random _random;
    private readonly SimulationClock _clock = new();
    private readonly EndpointLimit _limit;
    private readonly TimeSpan[] _servers;
    private TimeSpan _at;
    private TimeSpan _delayedUntil;
    private double _neighbourDue;

    public SimulatedServer(Scenario scenario, Random random)
    {
        (_scenario, _random) = (scenario, random);
        _clock.Now = random.NextDouble() * 60 * TimeSpan.FromSeconds(1);
        _limit = new(scenario.Throttle, _clock, _clock);
        _servers = new TimeSpan[scenario.Queue];
        _neighbourDue = NextNeighbour();
    }

    /// <summary>Takes one request; calls come in the order of time. One that is served must <see cref="Leave"/> at its end.</summary>
    public SimulatedReply Arrive(TimeSpan now)
    {
        Advance(now);
        var seconds = now.TotalSeconds;
        if (_random.NextDouble() < _scenario.Faults(seconds))
        {
            return new(AttemptOutcome.Failed, RefusalTakes, default);
        }

        var decision = _limit.Enter();
        if (!decision.Admitted)
        {
            return Refuse(decision.RetryAfter.TotalSeconds / _scenario.Factor(seconds));
        }

        var served = ServingTime(seconds);
        var wait = Queue(now, served);
        if (wait > LongestWait)
        {
            _limit.Leave();
            return Refuse(1);
        }

        var hint = _scenario.Throttle.SendRateLimitHeaders ? new LimitHint(null, decision.Remaining, null, decision.Limit, null) : default;
        return new(AttemptOutcome.Accepted, wait + served, hint);
    }

    public void Leave() => _limit.Leave();

    private SimulatedReply Refuse(double wait) => new(AttemptOutcome.Refused, RefusalTakes, _scenario.FalseRetryAfter is { } lie
        ? new(TimeSpan.FromSeconds(lie), null, null, null, null)
        : _scenario.Throttle.SendRetryAfter ? new(TimeSpan.FromSeconds(Math.Ceiling(wait)), null, null, null, null) : default);

    private TimeSpan ServingTime(double seconds) => TimeSpan.FromSeconds(
        _scenario.Latency * (1 - Scenario.NetworkShare) * _scenario.Slowness(seconds)
        * Math.Exp(_scenario.Spread * Chance.Normal(_random)));

    private TimeSpan Queue(TimeSpan now, TimeSpan served)
    {
        if (_scenario.DelaysAbove > 0)
        {
            _delayedUntil = (_delayedUntil > now ? _delayedUntil : now) + TimeSpan.FromSeconds(1 / _scenario.DelaysAbove);
            return _delayedUntil - now;
        }

        if (_servers.Length == 0)
        {
            return TimeSpan.Zero;
        }

        var first = Array.IndexOf(_servers, _servers.Min());
        var start = _servers[first] > now ? _servers[first] : now;
        if (start - now <= LongestWait)
        {
            _servers[first] = start + served;
        }

        return start - now;
    }

    private void Advance(TimeSpan now)
    {
        while (_neighbourDue < now.TotalSeconds)
        {
            Turn(TimeSpan.FromSeconds(_neighbourDue));
            if (_scenario.Neighbours(_neighbourDue) > 0 && _limit.Enter().Admitted)
            {
                _limit.Leave();
            }

            _neighbourDue = NextNeighbour();
        }

        Turn(now);
    }

    private void Turn(TimeSpan now)
    {
        _clock.Now += (now - _at) * _scenario.Factor((now + _at).TotalSeconds / 2);
        _at = now;
    }

    private double NextNeighbour()
    {
        var rate = _scenario.Neighbours(_neighbourDue);
        return rate <= 0 ? _neighbourDue + 0.1
            : _neighbourDue + (_scenario.NeighboursAtRandom ? -Math.Log(1 - _random.NextDouble()) / rate : 1 / rate);
    }
}
