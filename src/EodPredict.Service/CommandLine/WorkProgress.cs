using System.Globalization;
using Spectre.Console;

namespace EodPredict.Service.CommandLine;

/// <summary>
/// How far long work is, on standard error: a bar on a terminal, which goes away at the end; in a pipe a line each tenth, and each ten
/// seconds where a tenth takes longer, but none within a second of another. Safe for concurrent use.
/// </summary>
internal sealed class WorkProgress
{
    private const double LineEach = 0.1;

    private static readonly TimeSpan LeastApart = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MostApart = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly string _what;
    private readonly ProgressTask? _bar;
    private double _toldShare;
    private long _toldAt = SystemClock.Wall.GetTimestamp();

    private WorkProgress(string what, ProgressTask? bar) => (_what, _bar) = (what, bar);

    /// <summary>Does the work and shows how far it is.</summary>
    /// <param name="what">What is done, in a word or two.</param>
    /// <param name="work">The work, which reports.</param>
    /// <param name="isShared">Whether something else is written to the same terminal meanwhile, so that a bar would spoil it.</param>
    /// <param name="beside">The terminal whose lines the bar stays below; that of standard error where it is null.</param>
    public static Task<T> RunAsync<T>(
        string what, Func<WorkProgress, Task<T>> work, bool isShared = false, IAnsiConsole? beside = null)
    {
        var console = beside ?? CommandConsole.Talk;
        if (console.IsPipe() || isShared || !console.Profile.Capabilities.Ansi)
        {
            return work(new WorkProgress(what, null));
        }

        return console.Progress().AutoClear(true)
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(context => work(new WorkProgress(what, context.AddTask(Markup.Escape(what)).IsIndeterminate())));
    }

    /// <summary>Tells how far it is.</summary>
    /// <param name="share">The share that is done, 0 to 1; null where nobody can tell.</param>
    /// <param name="text">The same in words.</param>
    public void Report(double? share, string text)
    {
        lock (_lock)
        {
            if (_bar is not null)
            {
                Draw(share, text);
            }
            else if (IsTimeFor(share))
            {
                Console.Error.WriteLine($"{_what}: {text}");
            }
        }
    }

    /// <summary>Tells how many are done.</summary>
    /// <param name="done">How many.</param>
    /// <param name="all">Of how many; null where nobody can tell.</param>
    /// <param name="what">What they are.</param>
    public void Report(long done, long? all, string what) => Report(
        all is { } known ? (double)done / Math.Max(1, known) : null,
        all is { } of ? string.Create(CultureInfo.InvariantCulture, $"{done} of {of} {what}")
            : string.Create(CultureInfo.InvariantCulture, $"{done} {what}"));

    private void Draw(double? share, string text)
    {
        _bar!.Description = Markup.Escape($"{_what}: {text}");
        _bar.IsIndeterminate = share is null;
        if (share is { } known)
        {
            _bar.Value = Math.Clamp(known, 0, 1) * _bar.MaxValue;
        }
    }

    private bool IsTimeFor(double? share)
    {
        var now = SystemClock.Wall.GetTimestamp();
        var apart = SystemClock.Wall.GetElapsedTime(_toldAt, now);
        if (apart < LeastApart || (apart < MostApart && !(share >= _toldShare + LineEach)))
        {
            return false;
        }

        (_toldShare, _toldAt) = (share ?? 0, now);
        return true;
    }
}
