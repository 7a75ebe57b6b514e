using System.Globalization;
using System.Text.RegularExpressions;
using AngleSharp.Css.Parser;
using EodPredict.Providers.Replies;
using NodaTime;

namespace EodPredict.Providers.Configuration;

/// <summary>Turns <see cref="ReplyRuleOptions"/> into rules, and finds every fault in them.</summary>
internal sealed class RuleReader(string path, ICollection<ConfigurationFault> faults)
{
    public ReplyRules Read(ReplyRuleOptions options)
    {
        var body = options.Format switch
        {
            BodyFormat.Json => Json(options),
            BodyFormat.Csv => new CsvRules { Date = options.Date, Required = options.Required },
            BodyFormat.Html => Html(options),
            _ => (BodyRules?)null,
        };
        if (body is null && (options.Date is not null || options.Required.Count > 0))
        {
            Fault(nameof(options.Format), options.Format.ToString(), "Date and Required need Json, Csv or Html here.");
        }

        if (options.AbsentRows == ReplyOutcome.Available)
        {
            Fault(nameof(options.AbsentRows), "Available", "What lacks its rows is not available; any other outcome is allowed.");
        }

        return new ReplyRules
        {
            Statuses = Statuses(options),
            Patterns =
            [
                .. Patterns(ReplyOutcome.Throttled, nameof(options.ThrottledPatterns), options.ThrottledPatterns),
                .. Patterns(ReplyOutcome.Refused, nameof(options.RefusedPatterns), options.RefusedPatterns),
                .. Patterns(ReplyOutcome.Never, nameof(options.NeverPatterns), options.NeverPatterns),
                .. Patterns(ReplyOutcome.NotYet, nameof(options.NotYetPatterns), options.NotYetPatterns),
                .. Patterns(ReplyOutcome.Broken, nameof(options.BrokenPatterns), options.BrokenPatterns),
            ],
            Body = body,
            Dates = options.Date is null && !options.DatesAreNames ? null : Dates(options),
            AbsentRows = options.AbsentRows,
        };
    }

    private JsonRules Json(ReplyRuleOptions options) => new()
    {
        Rows = Pointer(nameof(options.Rows), options.Rows),
        Date = options.Date is null ? null : Pointer(nameof(options.Date), options.Date),
        DatesAreNames = options.DatesAreNames,
        Required = [.. options.Required.Select((field, i) => Pointer($"{nameof(options.Required)}:{i}", field))],
    };

    private HtmlRules Html(ReplyRuleOptions options)
    {
        var sample = options.Selector?.Replace("{ticker}", "T", StringComparison.Ordinal)
            .Replace("{date}", "2026-01-31", StringComparison.Ordinal);
        if (string.IsNullOrWhiteSpace(sample) || new CssSelectorParser().ParseSelector(sample) is null)
        {
            Fault(
                nameof(options.Selector),
                options.Selector,
                "Expected a CSS selector, such as \"#updated\" or \"tr[data-ticker='{ticker}'] td\".");
        }

        TimeOnly from = default;
        if (options.ReadyFrom is { } text
            && !TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out from))
        {
            Fault(nameof(options.ReadyFrom), text, "Expected a time of day, such as 16:00.");
        }

        if (options.ReadyFrom is not null && options.Date?.Contains("?<time>", StringComparison.Ordinal) != true)
        {
            Fault(
                nameof(options.ReadyFrom),
                options.ReadyFrom,
                "It needs a group \"time\" in Date, such as \"(?<date>[0-9-]+) (?<time>[0-9:]+)\".");
        }

        return new HtmlRules
        {
            Selector = options.Selector ?? "",
            Ready = options.Ready is null ? null : Pattern(nameof(options.Ready), options.Ready),
            Date = options.Date is null ? null : Pattern(nameof(options.Date), options.Date),
            ReadyFrom = options.ReadyFrom is null ? null : from,
        };
    }

    private DateRule Dates(ReplyRuleOptions options)
    {
        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(options.DateZone);
        if (zone is null) Fault(nameof(options.DateZone), options.DateZone, Names.AllowedZone);
        return new DateRule { Format = options.DateFormat, Zone = zone ?? DateTimeZone.Utc, Match = options.DateMatch };
    }

    private Dictionary<int, ReplyOutcome> Statuses(ReplyRuleOptions options)
    {
        var statuses = new Dictionary<int, ReplyOutcome>();
        foreach (var (name, outcome, list) in new[]
        {
            (nameof(options.ThrottledStatuses), ReplyOutcome.Throttled, options.ThrottledStatuses),
            (nameof(options.RefusedStatuses), ReplyOutcome.Refused, options.RefusedStatuses),
            (nameof(options.NeverStatuses), ReplyOutcome.Never, options.NeverStatuses),
            (nameof(options.NotYetStatuses), ReplyOutcome.NotYet, options.NotYetStatuses),
        })
        {
            foreach (var status in list)
            {
                var shown = status.ToString(CultureInfo.InvariantCulture);
                if (status is < 200 or > 599 or (>= 300 and < 400))
                {
                    Fault(name, shown, "Expected a status from 200 to 299 or from 400 to 599.");
                }
                else if (!statuses.TryAdd(status, outcome))
                {
                    Fault(name, shown, $"It already means {statuses[status]}; a status has one meaning.");
                }
            }
        }

        return statuses;
    }

    private List<ReplyPattern> Patterns(ReplyOutcome outcome, string name, List<string> patterns) =>
        [.. patterns.Select((pattern, i) => new ReplyPattern(outcome, Pattern($"{name}:{i}", pattern)))];

    private Regex Pattern(string name, string pattern)
    {
        try
        {
            // Without backtracking, no reply can make a pattern run for ever.
            return new Regex(pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            Fault(name, pattern, "Expected a .NET regular expression without lookaround and back references.");
            return new Regex("", RegexOptions.NonBacktracking);
        }
    }

    private JsonPointer Pointer(string name, string text)
    {
        if (JsonPointer.TryParse(text, out var pointer)) return pointer;

        Fault(name, text, "Expected a JSON pointer: \"\" or a path that begins with '/', such as /data/0/close.");
        return JsonPointer.Whole;
    }

    private void Fault(string name, string? value, string problem) => faults.Add(new ConfigurationFault($"{path}:{name}", value, problem));
}
