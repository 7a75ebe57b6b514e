using EodPredict.Forecasting.Trees;
using EodPredict.Replay.Backtesting;
using EodPredict.Replay.Recorded;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Microsoft.Extensions.DependencyInjection;

namespace EodPredict.Tests.Replay.Backtesting;

/// <summary>What tickers of one provider tell of each other, seen in the checks that are made.</summary>
public sealed class CompanyTests
{
    private const int Days = 60;
    private const int Scored = 20;
    private static readonly DateOnly FirstDay = new(2024, 1, 1);
    private static readonly ITreeLearner Learner =
        new ServiceCollection().AddTreeLearner().BuildServiceProvider().GetRequiredService<ITreeLearner>();
    private static readonly string[] Drop = ["D1", "D2", "D3", "D4", "D5", "D6"];

    [Fact]
    public void A_batch_pays_little_more_than_a_GET_a_ticker_and_one_more()
    {
        var sessions = SharedDrop(3, 10);

        var gets = Last(Play(sessions, BacktestPolicy.Learned)).Count();

        Assert.InRange(gets, Scored * Drop.Length, Scored * (Drop.Length + 1.5));
    }

    [Fact]
    public void A_batch_that_may_land_at_any_time_is_asked_for_by_one_and_found_sooner()
    {
        var sessions = SharedDrop(3, 90);

        var (together, alone) = (Cost(sessions, BacktestPolicy.Learned), Cost(sessions, BacktestPolicy.Expert));

        Assert.True(together < 0.75 * alone, $"together {together}, alone {alone}");
    }

    [Fact]
    public void When_a_whole_batch_is_overdue_one_ticker_asks_for_all()
    {
        var last = FirstDay.AddDays(Days - 1);
        var sessions = SharedDrop(3, 90).Select(s => s.SessionDate == last ? s with { Arrival = s.Close.AddHours(9) } : s).ToArray();

        var made = Play(sessions, BacktestPolicy.Learned).Where(c => c.SessionDate == last).ToArray();

        Assert.Equal(Drop.Length, made.Count(c => c.Found));
        Assert.InRange(made.Count(c => !c.Found), 1, 30);
        var missed = made.Where(c => !c.Found).Select(c => c.At).ToArray();
        Assert.True(missed.Distinct().Count() > missed.Length / 2, "tickers asked at the same time");
    }

    [Fact]
    public void A_ticker_that_leaves_its_batch_is_found_all_the_same()
    {
        var leaves = FirstDay.AddDays(40);
        var sessions = SharedDrop(5, 90)
            .Select(s => s.Ticker == "D4" && s.SessionDate >= leaves ? s with { Arrival = s.Arrival?.AddHours(3) } : s).ToArray();

        var gets = Last(Play(sessions, BacktestPolicy.Learned)).Where(c => c.Ticker == "D4").ToArray();

        Assert.Equal(Scored, gets.Count(c => c.Found));
        Assert.InRange(gets.Length, Scored, Scored * 4);
    }

    [Fact]
    public void A_ticker_that_now_and_then_comes_before_its_batch_is_not_left_waiting_for_it()
    {
        const int days = 240;
        var random = new Random(2);
        var sessions = Sessions(["D1", "D2"], _ => 120 + random.Next(40), (_, drop) => drop, days);
        bool IsApart(DateOnly date) => date.DayNumber % 10 == 0;
        sessions = [.. sessions.Select(s => s.Ticker == "D1" && IsApart(s.SessionDate) ? s with { Arrival = s.Arrival?.AddHours(3) } : s)];

        var found = Play(sessions, BacktestPolicy.Learned).Where(c => c.Found && c.SessionDate >= FirstDay.AddDays(days / 2))
            .Where(c => c.Ticker == "D2" && IsApart(c.SessionDate));

        var arrivals = sessions.Where(s => s.Ticker == "D2").ToDictionary(s => s.SessionDate, s => s.Arrival!.Value);
        Assert.InRange(found.Average(c => (c.At - arrivals[c.SessionDate]).TotalMinutes), 0, 60);
    }

    [Fact]
    public void Tickers_that_are_late_together_are_waited_for_together()
    {
        var sessions = SharedShift(11);

        var together = Cost(sessions, BacktestPolicy.Learned);
        var alone = Cost(sessions, BacktestPolicy.Expert);

        Assert.True(together < 0.9 * alone, $"together {together}, alone {alone}");
    }

    [Fact]
    public void How_many_cores_play_does_not_matter()
    {
        var sessions = Mixed(7);

        Assert.Equal(Play(sessions, BacktestPolicy.Learned, 1, Learner), Play(sessions, BacktestPolicy.Learned, 4, Learner));
    }

    [Property(MaxTest = 4)]
    public Property Nothing_that_happens_later_moves_an_earlier_check() => Prop.ForAll(Gen.Choose(0, 10_000).ToArbitrary(), seed =>
    {
        var random = new Random(seed);
        var sessions = Mixed(seed);
        var instant = sessions[random.Next(sessions.Length / 2, sessions.Length)].Close.AddMinutes(random.Next(600));
        var other = sessions.Select(s => s.Arrival > instant ? s with { Arrival = s.Close.AddHours(30 + random.Next(10)) } : s).ToArray();

        var before = Play(sessions, BacktestPolicy.Learned, learner: Learner).Where(c => c.At <= instant);

        return before.SequenceEqual(Play(other, BacktestPolicy.Learned, learner: Learner).Where(c => c.At <= instant));
    });

    [Property(MaxTest = 4)]
    public Property One_ticker_moves_no_check_before_its_arrival_could_be_seen() => Prop.ForAll(Gen.Choose(0, 10_000).ToArbitrary(), seed =>
    {
        var random = new Random(seed);
        var sessions = Mixed(seed);
        var place = random.Next(sessions.Length / 2, sessions.Length);
        var arrival = sessions[place].Close.AddMinutes(random.Next(1, 900));
        var instant = arrival < sessions[place].Arrival ? arrival : sessions[place].Arrival!.Value;
        var other = sessions.ToArray();
        other[place] = other[place] with { Arrival = arrival };

        var before = Play(sessions, BacktestPolicy.Learned, learner: Learner).Where(c => c.At < instant);

        return before.SequenceEqual(Play(other, BacktestPolicy.Learned, learner: Learner).Where(c => c.At < instant));
    });

    private static IEnumerable<BacktestCheck> Last(IEnumerable<BacktestCheck> checks) =>
        checks.Where(c => c.SessionDate >= FirstDay.AddDays(Days - Scored));

    private static double Cost(RecordedSession[] sessions, BacktestPolicy policy) => BacktestReport.Of(
        sessions, s => s.SessionDate >= FirstDay.AddDays(Days - Scored), Play(sessions, policy), 1, 0.1, TimeSpan.FromHours(48)).Cost;

    private static IReadOnlyList<BacktestCheck> Play(
        IReadOnlyList<RecordedSession> sessions, BacktestPolicy policy, int jobs = 2, ITreeLearner? learner = null)
    {
        var options = new BacktestOptions { ArrivalsPath = "", LastDays = 1, Policy = policy, Jobs = jobs, Learner = learner };
        return Backtest.Play(sessions, options, null, CancellationToken.None).Checks;
    }

    // Six tickers in one file.
    private static RecordedSession[] SharedDrop(int seed, int spread)
    {
        var random = new Random(seed);
        return Sessions(Drop, _ => 100 + random.Next(spread), (_, drop) => drop);
    }

    // Ten tickers, each with its own hour, all as late as the provider is that day.
    private static RecordedSession[] SharedShift(int seed)
    {
        var random = new Random(seed);
        var names = Enumerable.Range(0, 10).Select(i => $"S{i}").ToArray();
        return Sessions(names, _ => random.Next(90), (name, shift) => 100 + (25 * (name[1] - '0')) + shift + random.Next(8));
    }

    private static RecordedSession[] Mixed(int seed)
    {
        var random = new Random(seed);
        string[] names = ["D1", "D2", "D3", "S1", "S2", "S3"];
        return Sessions(names, _ => random.Next(90), (name, day) => name[0] == 'D' ? 100 + day : 200 + (30 * (name[1] - '0')) + day + random.Next(9));
    }

    private static RecordedSession[] Sessions(string[] names, Func<int, int> day, Func<string, int, int> minutes, int days = Days) =>
    [
        .. from number in Enumerable.Range(0, days)
           let shared = day(number)
           let close = new DateTimeOffset(FirstDay.AddDays(number), new TimeOnly(20, 0), TimeSpan.Zero)
           from name in names
           select new RecordedSession(name, FirstDay.AddDays(number), close, close.AddMinutes(minutes(name, shared))),
    ];
}
