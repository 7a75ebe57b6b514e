using EodPredict.Scraping.Limit;
using EodPredict.Scraping.Pace;
using EodPredict.Scraping.Sharing;

namespace EodPredict.Tests.Scraping.Simulation;

/// <summary>Plays controllers with endless work against a scenario's server. Deterministic for a seed.</summary>
internal sealed class SimulationPlayer
{
    private readonly Action<PaceController, TimeSpan>? _tend;
    private readonly Scenario _scenario;
    private readonly Random _random;
    private readonly SimulatedServer _server;
    private readonly SimulationClient[] _clients;
    private readonly SimulatedShares _shares = new();
    private readonly PriorityQueue<Step, (long At, long Number)> _steps = new();
    private readonly List<Attempt> _attempts = [];
    private TimeSpan _now;
    private long _number;
    private double _exchanges;

    private SimulationPlayer(
        Scenario scenario, int seed, Func<int, PaceController> controller, Action<PaceController, TimeSpan>? tend)
    {
        (_scenario, _tend) = (scenario, tend);
        _random = new Random(seed);
        _server = new(scenario, new Random(seed + 1000));
        _clients = [.. Enumerable.Range(0, scenario.Processes).Select(index => new SimulationClient(
            index, scenario.IsShared ? null : controller(index), TimeSpan.FromSeconds(scenario.IsShared ? 5 * _random.NextDouble() : 0)))];
    }

    /// <param name="scenario">The server and the way to it.</param>
    /// <param name="seed">Of all chance.</param>
    /// <param name="controller">The controller of each process.</param>
    /// <param name="tend">What a sender does besides whenever it is awake; null for nothing.</param>
    public static SimulationResult Play(
        Scenario scenario, int seed, Func<int, PaceController> controller, Action<PaceController, TimeSpan>? tend = null) =>
        new SimulationPlayer(scenario, seed, controller, tend).Run();

    private SimulationResult Run()
    {
        foreach (var client in _clients)
        {
            Pump(client);
        }

        var end = TimeSpan.FromSeconds(_scenario.Duration);
        while (_steps.TryDequeue(out var step, out var key) && key.At <= end.Ticks)
        {
            _now = TimeSpan.FromTicks(key.At);
            Take(step);
        }

        return Summary();
    }

    private void Take(Step step)
    {
        if (step.Kind is not (StepKind.Arrive or StepKind.Leave or StepKind.Ask) && Stopped(step))
        {
            return;
        }

        switch (step.Kind)
        {
            case StepKind.Wake:
                step.Client.Wakes = TimeSpan.MaxValue;
                break;
            case StepKind.Tend:
                step.Client.Tends = TimeSpan.MaxValue;
                break;
            case StepKind.Ask:
                AskShares(step);
                return;
            case StepKind.Answer when step.Answer is { } answer:
                step.Client.Answered(answer, _now);
                break;
            case StepKind.Answer:
                step.Client.Missed();
                break;
            case StepKind.News:
                step.Client.Hear(step.News, _now);
                break;
            case StepKind.Arrive:
                var reply = _server.Arrive(_now);
                var back = TimeSpan.FromSeconds(_scenario.Latency * Scenario.NetworkShare / 2);
                if (reply.Outcome == AttemptOutcome.Accepted)
                {
                    Plan(_now + reply.Takes, step with { Kind = StepKind.Leave });
                }

                var slow = TimeSpan.FromSeconds(_attempts.Count < 5 ? _scenario.SlowStart : 0);
                Plan(_now + reply.Takes + back + slow, step with { Kind = StepKind.Finish, Reply = reply });
                return;
            case StepKind.Leave:
                _server.Leave();
                return;
            case StepKind.Finish:
                var attempt = new Attempt(step.Sent.SentAt, _now, step.Sent.InFlight, step.Reply.Outcome, step.Reply.Hint);
                _attempts.Add(attempt);
                step.Client.Accepted += attempt.Outcome == AttemptOutcome.Accepted ? 1 : 0;
                step.Client.Finished(attempt);
                break;
        }

        Pump(step.Client);
    }

    // A killed process takes nothing any more, and comes back as another; a paused one takes it when it goes on.
    private bool Stopped(Step step)
    {
        var client = step.Client;
        if (_scenario.Stops.FirstOrDefault(stop => stop.Process == client.Process && stop.Holds(_now.TotalSeconds)) is { } stop)
        {
            if (stop.IsKilled && !client.IsDead)
            {
                client.Kill();
                Plan(TimeSpan.FromSeconds(stop.Until), new(StepKind.Tend, client) { Life = client.Life });
            }
            else if (!stop.IsKilled)
            {
                Plan(TimeSpan.FromSeconds(stop.Until), step);
            }

            return true;
        }

        var isAnothers = step.Life != client.Life && step.Kind is StepKind.Finish or StepKind.Answer;
        client.Restart();
        return isAnothers;
    }

    private void Tend(SimulationClient client)
    {
        if (client.ExchangeDue is not { } due)
        {
            return;
        }

        if (due <= _now)
        {
            Plan(_now + ExchangeDelay(), new(StepKind.Ask, client) { Request = client.Exchange(_now), Life = client.Life });
        }
        else if (due < client.Tends)
        {
            client.Tends = due;
            Plan(due, new(StepKind.Tend, client));
        }
    }

    private void AskShares(Step step)
    {
        _exchanges++;
        if (_scenario.DatabaseAway(_now.TotalSeconds))
        {
            Plan(_now + ExchangeDelay(), step with { Kind = StepKind.Answer });
            return;
        }

        var answer = _shares.Exchange(step.Client.Who(step.Life), step.Request!, _now, who => _clients[who.Job].Lives(who));
        Plan(_now + ExchangeDelay(), step with { Kind = StepKind.Answer, Answer = answer });
        if (step.Request!.News is { } news)
        {
            foreach (var client in _clients.Where(client => client != step.Client))
            {
                Plan(_now + ExchangeDelay(), new(StepKind.News, client) { News = news });
            }
        }
    }

    // One way: a statement on a busy machine, and now and then one that waits for something.
    private TimeSpan ExchangeDelay() => TimeSpan.FromSeconds(
        0.001 + Chance.Exponential(_random, 0.003) + (_random.NextDouble() < 0.02 ? 0.1 : 0));

    private void Pump(SimulationClient client)
    {
        if (client.Alone is { } controller)
        {
            _tend?.Invoke(controller, _now);
        }

        Tend(client);
        while (true)
        {
            var advice = client.Ask(_now);
            if (!advice.Send)
            {
                if (advice.AskAgain < client.Wakes)
                {
                    client.Wakes = advice.AskAgain;
                    Plan(Late(advice.AskAgain), new(StepKind.Wake, client));
                }

                return;
            }

            var sent = new Attempt(_now, default, client.InFlight, default);
            client.Sent(_now);
            var way = (_scenario.Latency * Scenario.NetworkShare / 2) + Chance.Exponential(_random, _scenario.Jitter);
            Plan(_now + TimeSpan.FromSeconds(way), new(StepKind.Arrive, client) { Sent = sent, Life = client.Life });
        }
    }

    private TimeSpan Late(TimeSpan at) =>
        _scenario.Lateness > 0 && at < TimeSpan.FromDays(1)
            ? at + TimeSpan.FromSeconds(Chance.Exponential(_random, _scenario.Lateness)) : at;

    private void Plan(TimeSpan at, Step step) => _steps.Enqueue(step, (Math.Max(at.Ticks, _now.Ticks), _number++));

    private SimulationResult Summary()
    {
        _attempts.Sort((one, other) => one.SentAt.CompareTo(other.SentAt));
        var settled = _attempts.Where(attempt => attempt.SentAt.TotalSeconds >= _scenario.Settled).ToList();
        var latencies = settled.Where(IsAccepted).Select(attempt => (attempt.FinishedAt - attempt.SentAt).TotalSeconds).Order().ToList();
        var squares = _clients.Sum(client => (double)client.Accepted * client.Accepted);
        var all = _clients.Sum(client => (double)client.Accepted);
        return new()
        {
            Goodput = _attempts.Count(IsAccepted) / Capacity(0),
            Refused = Share(_attempts),
            SettledGoodput = settled.Count(IsAccepted) / Capacity(_scenario.Settled),
            SettledRefused = Share(settled),
            Latency95 = latencies.Count == 0 ? 0 : latencies[(int)(0.95 * (latencies.Count - 1))],
            Fairness = squares > 0 ? all * all / (_clients.Length * squares) : 0,
            LongestRefusal = LongestRefusal(),
            Exchanges = _exchanges / (_clients.Length * _scenario.Duration),
            Attempts = _attempts,
        };
    }

    private double Capacity(double from)
    {
        const double Step = 0.05;
        var sum = 0.0;
        for (var at = from; at < _scenario.Duration; at += Step)
        {
            sum += _scenario.Capacity(at + (Step / 2)) * Step;
        }

        return sum;
    }

    private double LongestRefusal()
    {
        var (longest, since) = (TimeSpan.Zero, TimeSpan.Zero);
        foreach (var attempt in _attempts.Where(IsAccepted))
        {
            longest = attempt.SentAt - since > longest ? attempt.SentAt - since : longest;
            since = attempt.SentAt;
        }

        return longest.TotalSeconds;
    }

    private static double Share(List<Attempt> attempts) =>
        attempts.Count == 0 ? 0 : attempts.Count(attempt => attempt.Outcome == AttemptOutcome.Refused) / (double)attempts.Count;

    private static bool IsAccepted(Attempt attempt) => attempt.Outcome == AttemptOutcome.Accepted;

    private enum StepKind
    {
        Wake,
        Tend,
        Ask,
        Answer,
        News,
        Arrive,
        Leave,
        Finish,
    }

    private readonly record struct Step(StepKind Kind, SimulationClient Client)
    {
        public Attempt Sent { get; init; }

        public SimulatedReply Reply { get; init; }

        public ShareRequest? Request { get; init; }

        public ShareAnswer? Answer { get; init; }

        public ShareNews News { get; init; }

        public int Life { get; init; }
    }
}
