using System.Globalization;
using EodPredict.Scraping;
using EodPredict.Scraping.Limit;

namespace EodPredict.Service.CommandLine;

/// <summary>One run of <c>eod scrape</c>: gives the job its ids, runs it, and says how it went.</summary>
internal sealed class ScrapeCommandRun(IServiceProvider services, ScrapeJob asked, ScrapeCommandOptions options)
{
    // Where JSON was asked for, it has standard output to itself.
    private readonly TextWriter _talk = options.AsJson ? Console.Error : Console.Out;
    private readonly ScrapeJobs _jobs = services.GetRequiredService<ScrapeJobs>();

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var job = await _jobs.OpenAsync(asked, cancellationToken);
        if (options.Ids is { } range)
        {
            await _jobs.AddAsync(job, range, cancellationToken);
        }
        else
        {
            await _jobs.AddAsync(job, Ids(options.File!), cancellationToken);
        }

        var before = (await _jobs.StatusAsync(job.Name, cancellationToken))!;
        _talk.WriteLine(before.Stored + before.Failed > 0
            ? Text(
                $"{job.Name}: {before.Items} items; {before.Stored} are stored and {before.Failed} have failed, {before.Left} to go.")
            : Text($"{job.Name}: {before.Items} items."));
        var end = await WorkProgress.RunAsync(job.Name, progress => RunAsync(
            job,
            new ReportedTo<ScrapeProgress>(seen => progress.Report(
                (double)(seen.Stored + seen.Failed) / Math.Max(1, seen.Items), ScrapeText.Of(seen))),
            cancellationToken));
        var after = (await _jobs.StatusAsync(job.Name, CancellationToken.None))!;
        if (options.Report is { } file)
        {
            await File.WriteAllTextAsync(file, ScrapeReport.Of(after, end.Limit).ToJson() + Environment.NewLine, CancellationToken.None);
        }

        return Tell(end, after, cancellationToken);
    }

    // A job that can wait is waited for, and planned again each window.
    private async Task<ScrapeEnd> RunAsync(ScrapeJob job, IProgress<ScrapeProgress> progress, CancellationToken cancellationToken)
    {
        var (planned, time) = (services.GetRequiredService<PlannedScrape>(), services.GetRequiredService<TimeProvider>());
        var told = "";
        while (true)
        {
            var (end, again) = await planned.RunAsync(job, progress, cancellationToken);
            if (end is not null)
            {
                return end;
            }

            var status = await _jobs.StatusAsync(job.Name, cancellationToken);
            if (status?.StartsBecause is { } because && because != told)
            {
                CommandConsole.Talk.Line($"{job.Name}: {told = because}");
            }

            var wait = again - time.GetUtcNow();
            await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, time, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellationToken.IsCancellationRequested)
            {
                return new ScrapeEnd(ScrapeEndKind.Stopped, null, new LimitEstimate());
            }
        }
    }

    private int Tell(ScrapeEnd end, ScrapeStatus after, CancellationToken cancellationToken)
    {
        if (options.AsJson)
        {
            JsonOption.Write(ScrapeReport.Of(after, end.Limit));
        }

        _talk.WriteLine(ScrapeText.Of(after));
        if (end.Limit.RatePerSecond > 0)
        {
            _talk.WriteLine(ScrapeText.Of(end.Limit));
        }

        if (after.Failed > 0)
        {
            _talk.WriteLine(Text(
                $"{after.Failed} failed: 'eod scrape status --job {after.Name}' says why, 'eod scrape retry' lets them be tried again."));
        }

        if (end.Kind == ScrapeEndKind.Done)
        {
            return ExitCode.Done;
        }

        const string GoOn = "Everything fetched is stored. Run the same command again to go on.";
        if (end.Kind == ScrapeEndKind.GaveUp)
        {
            throw new CommandFaultException($"{end.Reason} {GoOn}");
        }

        var what = cancellationToken.IsCancellationRequested ? "interrupted" : $"{after.Name} is {after.State}";
        Console.Error.WriteLine($"eod: {what}. {GoOn}");
        return ExitCode.Interrupted;
    }

    private static IEnumerable<string> Ids(string file) =>
        File.ReadLines(file).Select(line => line.Trim()).Where(line => line.Length > 0);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
