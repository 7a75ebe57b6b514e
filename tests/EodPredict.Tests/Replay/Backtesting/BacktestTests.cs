using System.Text.Json;
using EodPredict.Replay.Backtesting;
using EodPredict.Replay.Recorded;

namespace EodPredict.Tests.Replay.Backtesting;

public sealed class BacktestTests
{
    private static readonly DateOnly FirstDay = new(2024, 1, 1);

    [Fact]
    public void Every_session_is_found_at_fewer_GETs_than_polling()
    {
        var sessions = Series(7, 80);
        var report = Report(sessions, Play(sessions, BacktestPolicy.Expert));

        Assert.Equal(report.Sessions, report.Found);
        Assert.InRange(report.GetsPerSession, 1, 3);
        Assert.True(report.Cost < report.Baselines["fixed(30)"].Cost / 3);
        Assert.Equal(report.GetsPerSession - 1, report.WastedPerSession, 9);
    }

    [Theory]
    [InlineData(BacktestPolicy.Expert)]
    [InlineData(BacktestPolicy.Quantile)]
    public void Nothing_that_happens_later_moves_an_earlier_check(BacktestPolicy policy)
    {
        var sessions = Series(7, 60);
        var instant = sessions[100].Close.AddMinutes(200);
        var other = sessions.Select(s => s.Arrival > instant ? s with { Arrival = s.Close.AddHours(30) } : s).ToArray();

        var before = Play(sessions, policy).Where(c => c.At <= instant);

        Assert.Equal(before, Play(other, policy).Where(c => c.At <= instant));
    }

    [Fact]
    public void How_many_cores_play_does_not_matter()
    {
        var sessions = Series(3, 50);

        Assert.Equal(Play(sessions, BacktestPolicy.Expert, jobs: 1), Play(sessions, BacktestPolicy.Expert, jobs: 4));
    }

    [Fact]
    public void What_never_arrives_is_checked_at_the_horizon_and_given_up()
    {
        var sessions = Series(3, 40).Select(s => s.SessionDate == FirstDay.AddDays(39) ? s with { Arrival = null } : s).ToArray();

        var last = Play(sessions, BacktestPolicy.Expert).Where(c => c.SessionDate == FirstDay.AddDays(39)).GroupBy(c => c.Ticker).Select(g => g.Last());

        Assert.All(last, c => Assert.False(c.Found));
        Assert.All(last, c => Assert.Equal(sessions[^1].Close + TimeSpan.FromHours(48), c.At));
    }

    [Fact]
    public async Task Checks_and_summary_are_written_as_the_command_line_promises()
    {
        var folder = Directory.CreateTempSubdirectory("eod-backtest-");
        try
        {
            var arrivals = Path.Combine(folder.FullName, "arrivals.csv");
            await File.WriteAllLinesAsync(arrivals,
                Series(1, 40).Select(s => $"{s.Ticker},{s.SessionDate:yyyy-MM-dd},{s.Close:yyyy-MM-ddTHH:mm:ss}Z,{s.Arrival:yyyy-MM-ddTHH:mm:ss}Z")
                    .Prepend("ticker,session_date,close_utc,available_at_utc"));
            var options = new BacktestOptions
            {
                ArrivalsPath = arrivals,
                LastDays = 5,
                Policy = BacktestPolicy.Fixed,
                ChecksPath = Path.Combine(folder.FullName, "checks.csv"),
                SummaryPath = Path.Combine(folder.FullName, "summary.json"),
            };

            var report = await Backtest.RunAsync(options, null, CancellationToken.None);

            var checks = await File.ReadAllLinesAsync(options.ChecksPath);
            Assert.Equal("ticker,session_date,check_at_utc,found", checks[0]);
            Assert.Equal("A,2024-02-05,2024-02-05T22:30:00Z,false", checks[1]);
            Assert.Equal(10, report.Sessions);
            using var summary = JsonDocument.Parse(await File.ReadAllTextAsync(options.SummaryPath));
            string[] keys = ["sessions", "found", "gets_per_session", "wasted_per_session", "delay_minutes", "cost", "baselines"];
            Assert.Equal(keys, summary.RootElement.EnumerateObject().Select(p => p.Name));
            var fixed30 = summary.RootElement.GetProperty("baselines").GetProperty("fixed(30)");
            Assert.Equal(report.Cost, fixed30.GetProperty("cost").GetDouble(), 9);
        }
        finally
        {
            folder.Delete(true);
        }
    }

    [Fact]
    public async Task Options_out_of_range_are_all_named()
    {
        var fault = await Assert.ThrowsAsync<ArgumentException>(() => Backtest.RunAsync(
            new BacktestOptions { ArrivalsPath = "none.csv", LastDays = 0, GetCost = -1, Jobs = 0 }, null, CancellationToken.None));

        Assert.Contains("last days", fault.Message, StringComparison.Ordinal);
        Assert.Contains("price of a GET", fault.Message, StringComparison.Ordinal);
        Assert.Contains("jobs", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_law_is_compared_with_the_recorded_arrivals()
    {
        var options = new BacktestOptions { ArrivalsPath = "", LastDays = 1, Policy = BacktestPolicy.Expert };

        var foretold = Backtest.Play(Series(7, 60), options, null, CancellationToken.None).Foretold;

        Assert.Equal(2 * 30, foretold.Count);
        Assert.All(foretold, f => Assert.True(f.Place is > 0 and < 1 && f.LogScore >= 0));
        Assert.InRange(foretold.Average(f => f.Place), 0.3, 0.7);
    }

    [Fact]
    public void Coverage_is_the_share_of_arrivals_in_the_central_interval()
    {
        var law = LawCalibration.Of([.. new[] { 0.5, 0.3, 0.2, 0.95, 0.01 }.Select(place => new ForetoldArrival(FirstDay, place, 2))])!;

        Assert.Equal((5, 2 / 5.0, 3 / 5.0, 4 / 5.0), (law.Sessions, law.Coverage50, law.Coverage80, law.Coverage95));
        Assert.Equal(2, law.IntervalLogScore);
    }

    [Fact]
    public void Polling_has_no_law_to_compare()
    {
        var options = new BacktestOptions { ArrivalsPath = "", LastDays = 1, Policy = BacktestPolicy.Fixed };

        Assert.Null(LawCalibration.Of(Backtest.Play(Series(7, 40), options, null, CancellationToken.None).Foretold));
    }

    [Fact]
    public async Task A_cheap_signal_spares_GETs_although_some_of_its_answers_are_false()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllLinesAsync(file,
                Series(9, 120).Select(s => $"{s.Ticker},{s.SessionDate:yyyy-MM-dd},{s.Close:yyyy-MM-ddTHH:mm:ss}Z,{s.Arrival:yyyy-MM-ddTHH:mm:ss}Z")
                    .Prepend("ticker,session_date,close_utc,available_at_utc"));
            Task<BacktestReport> RunAsync(double? signalCost, double signalFalse) => Backtest.RunAsync(
                new BacktestOptions { ArrivalsPath = file, LastDays = 60, SignalCost = signalCost, SignalFalse = signalFalse },
                null, CancellationToken.None);

            var (gets, signals, noise) = (await RunAsync(null, 0), await RunAsync(0.02, 0.02), await RunAsync(0.02, 0.5));

            Assert.Null(gets.SignalsPerSession);
            Assert.Equal(signals.Sessions, signals.Found);
            Assert.True(signals.GetsPerSession < gets.GetsPerSession);
            Assert.True(signals.Cost < 0.9 * gets.Cost, $"with signals {signals.Cost}, without {gets.Cost}");
            Assert.Equal(
                signals.GetsPerSession + (0.1 * signals.DelayMinutes.Mean) + (0.02 * signals.SignalsPerSession!.Value), signals.Cost, 9);
            Assert.InRange(noise.Cost, 0, 1.1 * gets.Cost);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static IReadOnlyList<BacktestCheck> Play(IReadOnlyList<RecordedSession> sessions, BacktestPolicy policy, int jobs = 2) =>
        Backtest.Play(sessions, new BacktestOptions { ArrivalsPath = "", LastDays = 1, Policy = policy, Jobs = jobs }, null, CancellationToken.None).Checks;

    private static BacktestReport Report(IReadOnlyList<RecordedSession> sessions, IEnumerable<BacktestCheck> checks) =>
        BacktestReport.Of(sessions, s => s.SessionDate >= FirstDay.AddDays(40), checks, 1, 0.1, TimeSpan.FromHours(48));

    // Two tickers, at about 90 and 400 minutes after the close, now and then much later.
    private static RecordedSession[] Series(int seed, int days)
    {
        var random = new Random(seed);
        return
        [
            .. from day in Enumerable.Range(0, days)
               from ticker in new[] { "A", "B" }
               let close = new DateTimeOffset(FirstDay.AddDays(day), new TimeOnly(22, 0), TimeSpan.Zero)
               let late = random.Next(20) == 0 ? random.Next(2000) : 0
               select new RecordedSession(ticker, FirstDay.AddDays(day), close, close.AddSeconds(60 * ((ticker == "A" ? 90 : 400) + late) + random.Next(600))),
        ];
    }
}
