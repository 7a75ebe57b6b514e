using System.Globalization;
using EodPredict.Replay.Recorded;
using EodPredict.Service.CommandLine;
using Spectre.Console;

namespace EodPredict.Service.Demo;

/// <summary>Tells what happens as it happens: a line a GET, with colours on a terminal, or as JSON.</summary>
internal sealed class DemoStory(IAnsiConsole console, RecordedDays recorded, DemoDatabase database, bool asJson)
{
    private const int TickerWidth = 20;

    private long _told;

    /// <summary>Tells what happened since the last call.</summary>
    public async Task TellAsync(CancellationToken cancellationToken)
    {
        foreach (var happened in await database.EventsAsync(_told, cancellationToken))
        {
            _told = happened.Id;
            if (asJson)
            {
                JsonOption.Write(happened);
            }
            else
            {
                console.MarkupLine(Line(happened));
            }
        }
    }

    private string Line(DemoEvent happened)
    {
        var when = happened.At.ToString("ddd yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        var what = happened.Outcome switch
        {
            "available" => $"[green]there[/], {Late(happened)} after it appeared ({(happened.Gets == 1 ? "1 GET" : $"{happened.Gets} GETs")})",
            "not_yet" or "stale" or "partial" => $"[yellow]{happened.Outcome.Replace('_', ' ')}[/]{Next(happened)}",
            _ => $"[red]{happened.Outcome}[/] ({Markup.Escape(happened.Reason)}){Next(happened)}",
        };
        return $"[grey]{when}[/]  {Markup.Escape(happened.Ticker.PadRight(TickerWidth))}  {what}";
    }

    private string Late(DemoEvent happened) =>
        recorded.Find(happened.Ticker, happened.SessionDate)?.Arrival is { } arrival
            ? string.Create(CultureInfo.InvariantCulture, $"{(happened.At - arrival).TotalMinutes:0.0} min")
            : "some time";

    private static string Next(DemoEvent happened) =>
        happened.NextAt is { } next
            ? $"; next [blue]{next.ToString("HH:mm", CultureInfo.InvariantCulture)}[/] ({Markup.Escape(happened.NextWhy ?? "")})"
            : "";
}
