using System.CommandLine;
using System.Globalization;
using EodPredict.Forecasting.Trees;
using EodPredict.Replay.Backtesting;
using Spectre.Console;

namespace EodPredict.Service.CommandLine;

/// <summary><c>eod backtest</c>: a policy on recorded arrivals, in virtual time.</summary>
internal static class BacktestCommand
{
    private static readonly Option<string> Arrivals = new("--arrivals")
    {
        Description = "Recorded arrivals of one provider.",
        HelpName = "FILE.csv",
        Required = true,
    };

    private static readonly Option<int> LastDays = new("--last-days")
    {
        Description = "How many session dates at the end are scored.",
        HelpName = "N",
        Required = true,
    };

    private static readonly Option<string> Checks = new("--checks")
    {
        Description = "Where every GET of the scored sessions is written.",
        HelpName = "OUT.csv",
        Required = true,
    };

    private static readonly Option<string?> Summary = new("--summary")
    {
        Description = "Where the figures are written as JSON.",
        HelpName = "OUT.json",
    };

    private static readonly Option<int> WarmupDays = new("--warmup-days")
    {
        Description = "Session dates learned at first, as polling saw them.",
        DefaultValueFactory = _ => 30,
    };

    private static readonly Option<double> GetCost = new("--get-cost")
    {
        Description = "The price of a GET.",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<double> DelayCost = new("--delay-cost-per-minute")
    {
        Description = "The price of a minute.",
        DefaultValueFactory = _ => 0.1,
    };

    private static readonly Option<double?> SignalCost = new("--signal-cost")
    {
        Description = "The price of a HEAD, where the provider is to answer one; the learned policy finds out how far to trust it.",
    };

    private static readonly Option<double> SignalFalse = new("--signal-false")
    {
        Description = "The share of its answers that are false.",
        DefaultValueFactory = _ => 0,
    };

    private static readonly Option<int> Jobs = new("--jobs")
    {
        Description = "How many cores to use.",
        DefaultValueFactory = _ => 2,
    };

    private static readonly Option<string> Policy = new("--policy")
    {
        Description = "Who decides when to check.",
        DefaultValueFactory = _ => "learned",
    };

    private static readonly Option<string[]> Without = new("--without")
    {
        Description = "Parts that the learned policy goes without, to see what each is worth.",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<TimeSpan> WarmupInterval =
        DurationOption.Create("--warmup-interval", "The gap of that polling. Default: 15m.", TimeSpan.FromMinutes(15));

    private static readonly Option<TimeSpan> Horizon =
        DurationOption.Create("--horizon", "How long a session is watched. Default: 48h.", TimeSpan.FromHours(48));

    private static readonly Option<bool> Json = JsonOption.Create();

    public static Command Create()
    {
        Policy.AcceptOnlyFromAmong([.. Enum.GetNames<BacktestPolicy>().Select(name => name.ToLowerInvariant())]);
        Without.AcceptOnlyFromAmong(
            [.. Enum.GetNames<LearnedParts>().Where(name => name != nameof(LearnedParts.None)).Select(name => name.ToLowerInvariant())]);
        var command = new Command("backtest", "Plays recorded arrivals against a policy in virtual time, and tells what it cost.")
        {
            Arrivals, LastDays, Checks, Summary, WarmupDays, WarmupInterval, GetCost, DelayCost, SignalCost, SignalFalse, Horizon, Policy, Without,
            Jobs, Json,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult asked, CancellationToken cancellationToken)
    {
        await using var learner = new ServiceCollection().AddTreeLearner().BuildServiceProvider();
        var options = new BacktestOptions
        {
            ArrivalsPath = asked.GetRequiredValue(Arrivals),
            LastDays = asked.GetRequiredValue(LastDays),
            ChecksPath = asked.GetRequiredValue(Checks),
            SummaryPath = asked.GetValue(Summary),
            WarmupDays = asked.GetValue(WarmupDays),
            WarmupInterval = asked.GetValue(WarmupInterval),
            GetCost = asked.GetValue(GetCost),
            DelayCostPerMinute = asked.GetValue(DelayCost),
            SignalCost = asked.GetValue(SignalCost),
            SignalFalse = asked.GetValue(SignalFalse),
            Horizon = asked.GetValue(Horizon),
            Policy = Enum.Parse<BacktestPolicy>(asked.GetValue(Policy)!, ignoreCase: true),
            Without = asked.GetValue(Without)!.Aggregate(
                LearnedParts.None, (parts, name) => parts | Enum.Parse<LearnedParts>(name, ignoreCase: true)),
            Jobs = asked.GetValue(Jobs),
            Learner = learner.GetRequiredService<ITreeLearner>(),
        };
        try
        {
            var report = await WorkProgress.RunAsync("backtest", progress => Backtest.RunAsync(
                options, new ReportedTo<BacktestProgress>(played => progress.Report(played.Played, played.Sessions, "sessions played")),
                cancellationToken));
            if (asked.GetValue(Json))
            {
                JsonOption.Write(report);
            }
            else
            {
                Write(report);
            }

            return ExitCode.Done;
        }
        catch (ArgumentException e) when (e.ParamName is null)
        {
            Console.Error.WriteLine($"eod: {e.Message}");
            return ExitCode.WrongUsage;
        }
    }

    private static void Write(BacktestReport report)
    {
        var facts = new List<(string, FactCell)>
        {
            ("sessions", Text($"{report.Sessions}, {report.Found} found")),
            ("GETs a session", Text($"{report.GetsPerSession:0.00}, {report.WastedPerSession:0.00} of them wasted")),
        };
        if (report.SignalsPerSession is { } signals)
        {
            facts.Add(("signals a session", Text($"{signals:0.00}")));
        }

        var delay = report.DelayMinutes;
        facts.Add(("delay in minutes", Text($"mean {delay.Mean:0.0}, p50 {delay.P50:0.0}, p95 {delay.P95:0.0}")));
        facts.Add(("cost a session", Text($"{report.Cost:0.00}") with { Colour = Color.Green }));
        if (report.Calibration is { } law)
        {
            facts.Add((
                "arrivals inside the law's 50/80/95% interval", Text($"{law.Coverage50:0.0%}, {law.Coverage80:0.0%}, {law.Coverage95:0.0%}")));
        }

        FactList.Write(CommandConsole.Facts, facts);
        var table = new FactTable("beside", FactColumn.Number("GETs"), FactColumn.Number("delay mean (min)"), FactColumn.Number("cost"));
        foreach (var (name, cost) in report.Baselines)
        {
            table.Add(name, Text($"{cost.Gets:0.00}"), Text($"{cost.DelayMinutes:0.0}"), Text($"{cost.Cost:0.00}"));
        }

        table.Write(CommandConsole.Facts);
    }

    private static FactCell Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
