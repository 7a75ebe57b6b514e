using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace EodPredict.Providers.Replies;

/// <summary>A status page in HTML: the elements of a CSS selector, each a row when its text says "ready".</summary>
internal sealed record HtmlRules : BodyRules
{
    private const int MostElements = 100_000;

    /// <summary>A CSS selector, in which <c>{ticker}</c> and <c>{date}</c> stand for what is asked.</summary>
    public required string Selector { get; init; }

    /// <summary>What an element's text must match to count; null where every text does.</summary>
    public Regex? Ready { get; init; }

    /// <summary>
    /// Finds the date in the text, in a group named "date" or as a whole, and may find a "time" too; null for the whole text.
    /// </summary>
    public Regex? Date { get; init; }

    /// <summary>
    /// On the session date itself, an element counts only from this time of day on; it needs a group "time" in <see cref="Date"/>.
    /// </summary>
    public TimeOnly? ReadyFrom { get; init; }

    public override ReplyRows Read(ReadOnlyMemory<byte> body, ReplyQuestion question, DateRule? dates, CancellationToken stop)
    {
        var markup = Encoding.UTF8.GetString(body.Span);
        try
        {
            using var page = new HtmlParser(Watched(stop)).ParseDocument(markup);
            var elements = page.QuerySelectorAll(SelectorFor(question));
            return elements.Length == 0
                ? new ReplyRows { Absent = "an element that the selector finds" }
                : new ReplyRows { Rows = [.. elements.SelectMany(element => Row(element.TextContent, question, dates))] };
        }
        catch (DomException)
        {
            return new ReplyRows { Unreadable = "no page that the selector can be applied to" };
        }
        catch (OperationCanceledException)
        {
            return new ReplyRows { Unreadable = "a page too large or too deep to be read" };
        }
    }

    // Standard HTML allows pages of a few kilobytes whose tree takes minutes to build.
    private static HtmlParserOptions Watched(CancellationToken stop)
    {
        var elements = 0;
        return new HtmlParserOptions
        {
            OnCreated = (_, _) =>
            {
                if (++elements > MostElements) throw new OperationCanceledException();
                stop.ThrowIfCancellationRequested();
            },
        };
    }

    private IEnumerable<ReplyRow> Row(string text, ReplyQuestion question, DateRule? dates)
    {
        if (Ready is not null && !Ready.IsMatch(text)) return [];
        if (dates is null) return [new ReplyRow(null, null)];

        var found = Date?.Match(text);
        if (found is { Success: false }) return [new ReplyRow(null, null)];

        var date = dates.Read(found is null ? text : found.Groups["date"] is { Success: true } named ? named.Value : found.Value);
        var tooEarly = date == question.SessionDate && ReadyFrom is { } from
            && TimeOnly.TryParse(found?.Groups["time"].Value, CultureInfo.InvariantCulture, out var time) && time < from;
        return tooEarly ? [] : [new ReplyRow(date, null)];
    }

    private string SelectorFor(ReplyQuestion question) => Selector
        .Replace("{ticker}", Escape(question.Ticker), StringComparison.Ordinal)
        .Replace("{date}", question.SessionDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), StringComparison.Ordinal);

    // CSS escapes any character by a backslash and its code; a space ends the code.
    private static string Escape(string text) => string.Concat(
        text.Select(c => char.IsAsciiLetterOrDigit(c) ? c.ToString() : string.Create(CultureInfo.InvariantCulture, $"\\{(int)c:x} ")));
}
